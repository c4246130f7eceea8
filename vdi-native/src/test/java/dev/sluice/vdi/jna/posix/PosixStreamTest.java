package dev.sluice.vdi.jna.posix;

import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.internal.Allocation;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.DoubleControl.Moment;
import dev.sluice.vdi.jna.DoubleStream;
import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Whole streams through libsqlvdi.so, as the double has it, in both directions. */
class PosixStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BYTES = 4 << 20;
    private static final long SEED = 42;

    private final DoubleControl control = DoubleControl.of(Doubles.posixLibrary());
    private final ClientDeviceSet set;
    private final String name = UUID.randomUUID().toString();
    private final List<ClientDevice> devices = new ArrayList<>();

    PosixStreamTest() throws NativeVdiException {
        set = PosixVdi.open(Doubles.posixLibrary()).newDeviceSet();
    }

    @BeforeEach
    void forget() {
        control.reset();
        // a buffer that is touched after it was given back is a crash
        control.setStrictBuffers(true);
    }

    @AfterEach
    void nothingIsBrokenAndNothingIsLeft() {
        assertThat(control.violations()).isEmpty();
        assertThat(control.counter("closes_with_outstanding")).isZero();
        for (String balance : List.of("sets", "references", "mappings", "files", "outstanding")) {
            assertThat(control.counter(balance)).as(balance).isZero();
        }
    }

    private DoubleStream open(int count, String... options) throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(count, Features.REQUEST_COMPLETE));
        List<String> all =
                new ArrayList<>(List.of("set=" + name, "bytes=" + BYTES, "seed=" + SEED));
        all.addAll(List.of(options));
        DoubleStream server = control.stream(all.toArray(String[]::new));
        Objects.requireNonNull(set.getConfiguration(PATIENCE.toMillis()));
        for (int i = 0; i < count; i++) {
            devices.add(set.openDevice(i == 0 ? name : name + "-" + i));
        }
        return server;
    }

    /** What a client does with one command; returns the completion code. */
    private interface Work {
        int on(Command command, ByteBuffer buffer);
    }

    private static Running<VdiStatus> serve(ClientDevice device, long timeout, Work work) {
        return Running.start(
                device.name(), () -> statusOf(() -> serveUntilEnd(device, timeout, work)));
    }

    private static void serveUntilEnd(ClientDevice device, long timeout, Work work)
            throws VdiException {
        while (true) {
            Command command = device.getCommand(timeout);
            if (command != null) {
                complete(device, command, work);
            }
        }
    }

    private static void complete(ClientDevice device, Command command, Work work)
            throws VdiException {
        switch (command.code()) {
            case READ, WRITE -> {
                ByteBuffer buffer = command.buffer();
                int code = work.on(command, buffer);
                device.completeCommand(command, code, buffer.position(), 0);
            }
            case FLUSH, CLEAR_ERROR, COMPLETE -> device.completeCommand(command, 0, 0, 0);
            default -> device.completeCommand(command, CompletionCode.NOT_SUPPORTED.number(), 0, 0);
        }
    }

    private static int store(ByteBuffer buffer, ByteArrayOutputStream to) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        to.writeBytes(bytes);
        return 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aBackupBringsEveryByteOfEveryDevice(int count) throws VdiException {
        DoubleStream server = open(count, "max_transfer=65536", "vary=1", "block_size=512");
        List<ByteArrayOutputStream> stored = new ArrayList<>();
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (ClientDevice device : devices) {
            ByteArrayOutputStream to = new ByteArrayOutputStream();
            stored.add(to);
            workers.add(serve(device, -1, (command, buffer) -> store(buffer, to)));
        }
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.CLOSE);
        set.close();
        assertThat(server.join(PATIENCE)).satisfies(PosixStreamTest::succeeded);
        for (int i = 0; i < count; i++) {
            byte[] bytes = stored.get(i).toByteArray();
            assertThat(bytes).hasSize(BYTES);
            assertThat(control.findMismatch(SEED, i, 0, bytes)).isEqualTo(-1);
        }
    }

    private static void succeeded(DoubleStream.Result result) {
        assertThat(result.failure()).isEmpty();
        assertThat(result.verdict()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRestoreTakesEveryByteOfEveryDevice(int count) throws VdiException {
        DoubleStream server = open(count, "restore=1", "max_transfer=65536", "vary=1");
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer source = ByteBuffer.wrap(control.pattern(SEED, i, 0, BYTES));
            workers.add(serve(devices.get(i), -1, (command, buffer) -> load(source, buffer)));
        }
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.CLOSE);
        set.close();
        assertThat(server.join(PATIENCE)).satisfies(PosixStreamTest::succeeded);
    }

    /** The server learns of the end from the Reads that meet it, of which several are out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aRestoreReadsOnUntilItIsToldOfTheEnd(int held) throws VdiException {
        int bytes = 1_000_001;
        DoubleStream server =
                open(3, "restore=1", "past_end=1", "vary=1", "bytes=" + bytes, "buffers=12");
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ClientDevice device = devices.get(i);
            ByteBuffer source = ByteBuffer.wrap(control.pattern(SEED, i, 0, bytes));
            workers.add(
                    Running.start(
                            device.name(), () -> statusOf(() -> loadSome(device, source, held))));
        }
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.CLOSE);
        set.close();
        DoubleStream.Result result = server.join(PATIENCE);
        assertThat(result).satisfies(PosixStreamTest::succeeded);
        assertThat(result.totalBytes(3)).isEqualTo(3L * bytes);
    }

    /** Fetches so many commands, as far as they are there, before it completes them in order. */
    private static void loadSome(ClientDevice device, ByteBuffer source, int most)
            throws VdiException {
        while (true) {
            List<Command> held = new ArrayList<>();
            held.add(Objects.requireNonNull(device.getCommand(-1)));
            Command next;
            while (held.size() < most && (next = device.getCommand(0)) != null) {
                held.add(next);
            }
            for (Command command : held) {
                complete(device, command, (_, buffer) -> load(source, buffer));
            }
        }
    }

    private static int load(ByteBuffer source, ByteBuffer to) {
        int size = Math.min(source.remaining(), to.remaining());
        int asked = to.remaining();
        to.put(source.slice().limit(size));
        source.position(source.position() + size);
        return size < asked ? CompletionCode.HANDLE_EOF.number() : 0;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsThatEndEarlyChangeNothingWhateverTheUnit(boolean seconds) throws VdiException {
        control.setTimeOutsInSeconds(seconds);
        DoubleStream server = open(1, "max_transfer=1048576", "delay_micros=20000");
        Running<VdiStatus> worker =
                serve(
                        devices.getFirst(),
                        5,
                        (command, buffer) -> {
                            buffer.position(buffer.limit());
                            return 0;
                        });
        assertThat(worker.result()).isEqualTo(VdiStatus.CLOSE);
        set.close();
        assertThat(server.join(PATIENCE)).satisfies(PosixStreamTest::succeeded);
    }

    @ParameterizedTest
    @EnumSource
    void anAbortOfTheServerAtAnyMomentEndsEveryDevice(Moment moment) throws VdiException {
        control.abortAt(name, 1, 3, moment);
        DoubleStream server = open(2, "max_transfer=65536");
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (ClientDevice device : devices) {
            workers.add(
                    serve(
                            device,
                            -1,
                            (command, buffer) -> store(buffer, new ByteArrayOutputStream())));
        }
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.ABORT);
        set.close();
        assertThat(server.join(PATIENCE).verdict()).isEqualTo("aborted");
    }

    @Test
    void aCloseDuringTheTrafficWaitsForTheBuffersInTheWorkersHands() throws VdiException {
        DoubleStream server = open(2, "max_transfer=65536");
        CountDownLatch inHands = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (ClientDevice device : devices) {
            workers.add(
                    serve(
                            device,
                            -1,
                            (command, buffer) -> {
                                inHands.countDown();
                                Running.await(goOn);
                                return store(buffer, new ByteArrayOutputStream());
                            }));
        }
        Running.await(inHands);
        Running<VdiStatus> close =
                Running.start("close", () -> statusOf(set::close)).untilWaiting();
        assertThat(control.counter("sets")).isEqualTo(1);
        assertThat(control.counter("outstanding")).isEqualTo(2);
        goOn.countDown();
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.ABORT);
        assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
        assertThat(server.join(PATIENCE).verdict()).isEqualTo("aborted");
    }

    @Test
    void whatOneThreadFetchesAnotherMayComplete() throws VdiException {
        DoubleStream server = open(1, "max_transfer=65536", "bytes=65536");
        ClientDevice device = devices.getFirst();
        Command write = Objects.requireNonNull(device.getCommand(-1));
        Running<VdiStatus> next =
                serve(device, -1, (command, buffer) -> store(buffer, new ByteArrayOutputStream()));
        complete(device, write, (command, buffer) -> store(buffer, new ByteArrayOutputStream()));
        assertThat(next.result()).isEqualTo(VdiStatus.CLOSE);
        set.close();
        assertThat(server.join(PATIENCE)).satisfies(PosixStreamTest::succeeded);
    }

    @Test
    void aStreamMakesNoGarbagePerCommand() throws Exception {
        control.setStrictBuffers(false);
        int warmUp = 10_000;
        int commands = 20_000;
        DoubleStream server =
                open(1, "fill=none", "max_transfer=65536", "bytes=" + (warmUp + commands) * 65536L);
        ClientDevice device = devices.getFirst();
        pass(device, warmUp);
        long before = Allocation.of(Thread.currentThread());
        pass(device, commands);
        // room for what the JVM itself allocates now and then, far below one object per command
        assertThat(Allocation.of(Thread.currentThread()) - before).isLessThan(commands);
        assertThat(serve(device, -1, (command, buffer) -> 0).result()).isEqualTo(VdiStatus.CLOSE);
        set.close();
        assertThat(server.join(PATIENCE)).satisfies(PosixStreamTest::succeeded);
    }

    private static void pass(ClientDevice device, int count) throws VdiException {
        for (int i = 0; i < count; i++) {
            Command command = Objects.requireNonNull(device.getCommand(-1));
            device.completeCommand(command, 0, command.buffer().remaining(), 0);
        }
    }

    @Test
    void aServerOfTheSameGroupFindsTheSet() throws VdiException {
        control.setServerIsOtherUser(true);
        DoubleStream server = open(1);
        set.signalAbort();
        set.close();
        assertThat(server.join(PATIENCE).verdict()).isEqualTo("aborted");
    }
}
