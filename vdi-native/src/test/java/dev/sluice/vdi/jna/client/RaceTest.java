package dev.sluice.vdi.jna.client;

import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Full traffic ended at a random moment: threads that fetch, threads that complete what others
 * fetched, one that asks for the configuration, and an end by abort and close, by close alone, or
 * by the server. The scripted library notes every call that is not allowed any more.
 */
class RaceTest {

    private static final int ROUNDS = 150;
    private static final int COMPLETERS = 2;

    /** A command on its way from the thread that fetched it. */
    private record Fetched(ClientDevice device, Command command) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSetThatEndsInFullTrafficBreaksNoRuleOfTheLibrary(long seed) throws VdiException {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            round(random.nextInt(1, 5), random.nextInt(300), random.nextInt(3));
        }
    }

    private static void round(int devices, int commands, int ending) throws VdiException {
        try (Client client = Client.active(devices)) {
            long[] buffers = new long[devices];
            for (int i = 0; i < devices; i++) {
                buffers[i] = client.server().buffer(Client.SIZE);
            }
            AtomicBoolean over = new AtomicBoolean();
            BlockingQueue<Fetched> fetched = new LinkedBlockingQueue<>();
            List<Running<VdiStatus>> fetchers = new ArrayList<>();
            for (ClientDevice device : client.devices) {
                fetchers.add(Running.start("fetch", () -> fetchAll(device, fetched)));
            }
            List<Running<Integer>> completers = new ArrayList<>();
            for (int i = 0; i < COMPLETERS; i++) {
                completers.add(Running.start("complete", () -> completeAll(fetched, over)));
            }
            Running<VdiStatus> asker = Running.start("ask", () -> askAll(client));
            for (int i = 0; i < commands; i++) {
                int device = i % devices;
                int code = CommandCode.WRITE.number();
                client.server().send(device, code, Client.SIZE, i, buffers[device]);
            }
            VdiStatus closed = end(client, ending);
            assertThat(closed).isIn(VdiStatus.OPEN, VdiStatus.NOERROR);
            for (Running<VdiStatus> fetcher : fetchers) {
                assertThat(fetcher.result()).isIn(VdiStatus.ABORT, VdiStatus.PROTOCOL);
            }
            assertThat(asker.result()).isIn(VdiStatus.ABORT, VdiStatus.PROTOCOL);
            over.set(true);
            for (Running<Integer> completer : completers) {
                assertThat(completer.result()).isNotNegative();
            }
        }
    }

    private static VdiStatus end(Client client, int ending) throws VdiException {
        switch (ending) {
            case 0 -> client.set.signalAbort();
            case 1 -> client.server().abort();
            default -> {
                // close alone
            }
        }
        return statusOf(client.set::close);
    }

    private static VdiStatus fetchAll(ClientDevice device, BlockingQueue<Fetched> to) {
        while (true) {
            try {
                Command command = device.getCommand(-1);
                if (command != null) {
                    command.buffer().putLong(0, command.position());
                    to.add(new Fetched(device, command));
                }
            } catch (VdiException end) {
                return end.status();
            }
        }
    }

    private static int completeAll(BlockingQueue<Fetched> from, AtomicBoolean over)
            throws InterruptedException {
        int completed = 0;
        while (!over.get() || !from.isEmpty()) {
            Fetched next = from.poll(1, TimeUnit.MILLISECONDS);
            if (next != null) {
                int size = next.command().size();
                VdiStatus status =
                        statusOf(() -> next.device().completeCommand(next.command(), 0, size, 0));
                assertThat(status).isIn(VdiStatus.NOERROR, VdiStatus.ABORT);
                completed++;
            }
        }
        return completed;
    }

    private static VdiStatus askAll(Client client) {
        VdiStatus status = VdiStatus.NOERROR;
        while (status == VdiStatus.NOERROR) {
            status = statusOf(() -> client.set.getConfiguration(0));
        }
        return status;
    }
}
