package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The thread of one device: fetches some commands, works on their buffers, and gives every one
 * back, whatever happened meanwhile, before it leaves. Others may give back what it fetched.
 */
final class SetWorker {

    private static final int COMPLETERS = 2;
    private static final int LAST_BYTES = 64;

    /** Bytes between two stamps of the double's stream; see {@code pattern.h}. */
    private static final int STAMPS = 4096;

    private final SetRun run;
    private final Plan plan;
    private final ClientDevice device;
    private final Random random;
    private final Thread thread;
    private final List<Command> held = new ArrayList<>();
    private @Nullable ExecutorService completers;
    private @Nullable ByteBuffer kept;
    private @Nullable Command gone;
    private long position;

    SetWorker(SetRun run, ClientDevice device, long seed) {
        this.run = run;
        this.plan = run.plan();
        this.device = device;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().name(device.name()).daemon().unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    private void serve() {
        completers = plan.handedOver() ? Executors.newFixedThreadPool(COMPLETERS) : null;
        try {
            serveUntilEnd();
        } catch (VdiException e) {
            run.noteOfClient(e);
            if (e.status() != VdiStatus.ABORT && e.status() != VdiStatus.CLOSE) {
                // nobody serves this device any more, and the server would wait for ever
                run.abort();
            }
        } catch (RuntimeException | Error finding) {
            run.findings().add(finding);
            run.abort();
        } finally {
            giveBack();
            if (completers != null) {
                completers.close();
            }
            run.step();
        }
    }

    private void serveUntilEnd() throws VdiException {
        while (true) {
            fetch();
            held.forEach(this::work);
            giveBack();
        }
    }

    /** At least one command, when it comes. */
    private void fetch() throws VdiException {
        while (held.isEmpty()) {
            take(plan.timeoutMillis());
        }
        while (held.size() < plan.held() && take(0)) {
            Thread.onSpinWait();
        }
    }

    private boolean take(long timeoutMillis) throws VdiException {
        Command command = device.getCommand(timeoutMillis);
        if (command != null) {
            held.add(command);
            gone = command;
            checkPlace(command);
            run.step();
        }
        return command != null;
    }

    /**
     * The double's stream says at each 4096th byte where in the stream that is: a Write in the
     * order of the server's has the bytes that follow those of the one before.
     */
    private void checkPlace(Command command) {
        if (command.code() != CommandCode.WRITE || plan.javaServer()) {
            return;
        }
        long stamp = (position + STAMPS - 1) / STAMPS * STAMPS;
        long end = position + command.size();
        if (stamp + Long.BYTES <= end) {
            ByteBuffer bytes = command.buffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            long found = bytes.getLong(Math.toIntExact(stamp - position));
            run.require(found == stamp, "a Write at " + stamp + " has the bytes of " + found);
        }
        position = end;
    }

    /** The first and the last byte, and some between: enough to die of memory that is not there. */
    private void work(Command command) {
        if (!command.code().hasBuffer()) {
            return;
        }
        ByteBuffer buffer = command.buffer();
        kept = buffer;
        int end = buffer.limit();
        for (int at = 0; at < end; at += 1 + random.nextInt(end)) {
            touch(buffer, command.code(), at);
        }
        touch(buffer, command.code(), end - Math.min(end, LAST_BYTES));
        touch(buffer, command.code(), end - 1);
    }

    private static void touch(ByteBuffer buffer, CommandCode code, int at) {
        byte present = buffer.get(at);
        if (code == CommandCode.READ) {
            buffer.put(at, (byte) (present + 1));
        }
    }

    private void giveBack() {
        while (!held.isEmpty()) {
            Command command = held.remove(random.nextInt(held.size()));
            if (completers == null) {
                complete(command);
            } else {
                completers.execute(() -> run.guarded(() -> complete(command)));
            }
        }
    }

    private void complete(Command command) {
        boolean moves = command.code().hasBuffer();
        CompletionCode code =
                moves && run.takeTransferFailure()
                        ? CompletionCode.DISK_FULL
                        : CompletionCode.SUCCESS;
        int bytes = moves && code == CompletionCode.SUCCESS ? command.size() : 0;
        run.expectCompletion(() -> device.completeCommand(command, code.number(), bytes, 0));
        run.step();
    }

    /** After Close nothing of this device can be used, and what was kept of it is dead. */
    void expectRefusals() {
        try {
            device.getCommand(0);
            run.require(false, "a device of a closed set gave a command");
        } catch (VdiException expected) {
            run.require(expected.status() == VdiStatus.PROTOCOL, expected.toString());
        }
        ByteBuffer buffer = kept;
        Command command = gone;
        run.require(buffer == null || refuses(() -> buffer.get(0)), "a kept buffer is alive");
        run.require(command == null || refuses(command::buffer), "a completed command is alive");
    }

    private static boolean refuses(Runnable access) {
        try {
            access.run();
            return false;
        } catch (IllegalStateException expected) {
            return true;
        }
    }
}
