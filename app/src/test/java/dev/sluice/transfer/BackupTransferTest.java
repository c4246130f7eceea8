package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transfer.TestServer.Reply;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(120)
final class BackupTransferTest {

    private static final int SIZE = 65_536;
    private static final int BLOCK = 512;

    private final CompletionGate gate = new CompletionGate();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void everyDevicesStreamReachesItsStripe(int devices) throws Exception {
        try (TestServer server = TestServer.backup(devices, 8, SIZE)) {
            List<TestSink> sinks = sinks(devices);
            DeviceTransfer transfer = start(server, sinks);
            List<ByteArrayOutputStream> sent = new ArrayList<>();
            sinks.forEach(sink -> sent.add(new ByteArrayOutputStream()));
            Random random = new Random(devices);
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                byte[] data = new byte[BLOCK * (1 + random.nextInt(SIZE / BLOCK))];
                random.nextBytes(data);
                int device = random.nextInt(devices);
                sent.get(device).writeBytes(data);
                replies.add(server.write(device, data));
            }
            for (CompletableFuture<Reply> reply : replies) {
                assertThat(TestServer.await(reply).code()).isZero();
            }
            finish(server, devices);
            transfer.join();

            long total = 0;
            for (int i = 0; i < devices; i++) {
                assertThat(sinks.get(i).stored()).isEqualTo(sent.get(i).toByteArray());
                assertThat(transfer.progress(i).bytes()).isEqualTo(sent.get(i).size());
                assertThat(transfer.outcome(i))
                        .isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
                total += sent.get(i).size();
            }
            assertThat(transfer.bytes()).isEqualTo(total);
            assertThat(transfer.outstanding()).isZero();
            assertThat(gate.isPassed()).isTrue();
        }
    }

    @Test
    void queuedWritesGoOutTogetherInTheirOrder() throws Exception {
        try (TestServer server = TestServer.backup(1, 8, SIZE)) {
            TestSink sink = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(sink));
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            replies.add(server.write(0, filled(1)));
            sink.inWrite.await();
            for (int i = 2; i <= 6; i++) {
                replies.add(server.write(0, filled(i)));
            }
            CompletableFuture<Reply> flush = server.control(0, CommandCode.FLUSH);
            assertThat(transfer.outstanding()).isEqualTo(1);
            assertThat(sink.flushes).isZero();

            sink.release();

            assertThat(TestServer.await(flush).code()).isZero();
            assertThat(sink.batches).containsExactly(1, 5);
            assertThat(sink.flushes).isEqualTo(1);
            for (int i = 0; i < 6; i++) {
                Reply reply = TestServer.await(replies.get(i));
                assertThat(reply.code()).isZero();
                assertThat(reply.bytes()).isEqualTo(SIZE);
                assertThat(sink.stored()[i * SIZE]).isEqualTo((byte) (i + 1));
            }
            end(server, transfer);
        }
    }

    @Test
    void aBatchEndsWhereItIsLargeEnough() throws Exception {
        try (TestServer server = TestServer.backup(1, 8, 1 << 20)) {
            TestSink sink = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(sink));
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                replies.add(server.write(0, new byte[1 << 20]));
            }
            sink.release();
            for (CompletableFuture<Reply> reply : replies) {
                assertThat(TestServer.await(reply).code()).isZero();
            }
            assertThat(sink.batches).containsExactly(1, 1, 1, 1);
            end(server, transfer);
        }
    }

    @Test
    void dataMayFollowAFlush() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            TestSink sink = new TestSink();
            DeviceTransfer transfer = start(server, List.of(sink));
            for (int i = 1; i <= 3; i++) {
                assertThat(TestServer.await(server.write(0, filled(i))).code()).isZero();
                assertThat(TestServer.await(server.control(0, CommandCode.FLUSH)).code()).isZero();
                assertThat(sink.flushes).isEqualTo(i);
                assertThat(sink.stored()).hasSize(i * SIZE);
            }
            end(server, transfer);
        }
    }

    @Test
    void completeFlushesAndPassesTheGate() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            TestSink sink = new TestSink();
            DeviceTransfer transfer = start(server, List.of(sink));

            assertThat(TestServer.await(server.control(0, CommandCode.COMPLETE)).code()).isZero();

            assertThat(sink.flushes).isEqualTo(1);
            assertThat(gate.tryStop()).isFalse();
            end(server, transfer);
        }
    }

    @Test
    void completeIsRefusedAfterAStop() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, List.of(new TestSink()));
            assertThat(gate.tryStop()).isTrue();

            assertThat(TestServer.await(server.control(0, CommandCode.COMPLETE)).code())
                    .isEqualTo(995);

            assertThat(gate.isPassed()).isFalse();
            end(server, transfer);
        }
    }

    @Test
    void aDeviceIsSealedFromAFlushToTheNextWrite() throws Exception {
        try (TestServer server = TestServer.backup(2, 4, SIZE)) {
            DeviceTransfer transfer = start(server, sinks(2));
            assertThat(gate.isSealed(0)).isFalse();
            TestServer.await(server.control(0, CommandCode.COMPLETE));
            assertThat(gate.isPassed()).isFalse();
            TestServer.await(server.control(1, CommandCode.FLUSH));
            assertThat(gate.isPassed()).isTrue();
            TestServer.await(server.write(1, filled(1)));
            assertThat(gate.isSealed(1)).isFalse();
            assertThat(gate.tryStop()).isTrue();
            end(server, transfer);
        }
    }

    @Test
    void aDeviceIsNotSealedWhenAnAbortTakesAWriteFromItsHands() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            ClientDevice device = new AbortedInABatch(server.devices().getFirst());
            DeviceTransfer transfer =
                    DeviceTransfer.backup(
                            List.of(device), sinks(1), RateLimit.none(), gate, System::nanoTime);
            transfer.start();
            TestServer.await(server.control(0, CommandCode.FLUSH));
            assertThat(gate.isSealed(0)).isTrue();

            assertThat(TestServer.await(server.write(0, filled(1))).code()).isEqualTo(995);
            transfer.join();

            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
            assertThat(gate.isSealed(0)).isFalse();
        }
    }

    /** The abort is seen when a worker that has a Write looks for more of them. */
    private record AbortedInABatch(ClientDevice device) implements ClientDevice {

        @Override
        public String name() {
            return device.name();
        }

        @Override
        public @Nullable Command getCommand(long timeoutMillis) throws VdiException {
            if (timeoutMillis == 0) {
                throw new VdiException(Said.asIs("GetCommand"), VdiStatus.ABORT);
            }
            return device.getCommand(timeoutMillis);
        }

        @Override
        public void completeCommand(Command command, int code, int bytes, long position)
                throws VdiException {
            device.completeCommand(command, code, bytes, position);
        }
    }

    @Test
    void clearErrorSucceedsAndWhatMakesNoSenseIsNotSupported() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, List.of(new TestSink()));
            for (int code : new int[] {CommandCode.READ.number(), 4, 8, 13, 18, 77}) {
                CompletableFuture<Reply> reply =
                        code == CommandCode.READ.number()
                                ? server.read(0, BLOCK)
                                : server.control(0, code);
                assertThat(TestServer.await(reply).code()).as("command %d", code).isEqualTo(50);
                assertThat(TestServer.await(server.control(0, CommandCode.CLEAR_ERROR)).code())
                        .isZero();
            }
            end(server, transfer);
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
        }
    }

    @ParameterizedTest
    @CsvSource({"full, 112", "fault, 29", "bug, 29"})
    void aSinkThatFailsIsAnsweredWithItsCodeUntilTheEnd(String kind, int code) throws Exception {
        Exception failure =
                switch (kind) {
                    case "full" -> new StorageFullException(Told.asIs("full"), new IOException());
                    case "fault" -> new IOException("broken");
                    default -> new IllegalStateException("a bug");
                };
        try (TestServer server = TestServer.backup(2, 4, SIZE)) {
            TestSink sink = new TestSink();
            DeviceTransfer transfer = start(server, List.of(sink, new TestSink()));
            sink.failure = failure;
            Reply reply = TestServer.await(server.write(0, filled(1)));
            sink.failure = null;

            assertThat(reply.code()).isEqualTo(code);
            assertThat(reply.bytes()).isZero();
            // the stripe has a hole now: nothing that follows may be called stored
            assertThat(refusedAgain(server, CommandCode.WRITE)).isEqualTo(code);
            assertThat(refusedAgain(server, CommandCode.FLUSH)).isEqualTo(code);
            assertThat(refusedAgain(server, CommandCode.COMPLETE)).isEqualTo(code);
            assertThat(sink.stored()).isEmpty();
            assertThat(gate.isPassed()).isFalse();
            end(server, transfer);
            assertThat(transfer.outcome(0))
                    .isEqualTo(new DeviceOutcome(DeviceState.FAILED, failure));
            assertThat(transfer.outcome(1)).isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
            assertThat(transfer.firstFailure())
                    .isEqualTo(new TransferFailure(0, failure, CompletionCode.of(code)));
        }
    }

    @Test
    void theFirstFailureIsHeardOnce() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            TestSink sink = new TestSink();
            DeviceTransfer transfer =
                    DeviceTransfer.backup(
                            server.devices(),
                            List.of(sink),
                            RateLimit.none(),
                            gate,
                            System::nanoTime);
            List<TransferFailure> heard = new ArrayList<>();
            transfer.onFirstFailure(heard::add);
            transfer.start();
            sink.failure = new IOException("broken");
            TestServer.await(server.write(0, filled(1)));
            refusedAgain(server, CommandCode.WRITE);
            end(server, transfer);

            assertThat(heard).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbortWakesIdleWorkers(boolean byServer) throws Exception {
        try (TestServer server = TestServer.backup(8, 4, SIZE)) {
            DeviceTransfer transfer = start(server, sinks(8));
            for (int i = 0; i < 8; i++) {
                int device = i;
                TestServer.until(() -> transfer.progress(device).state() == DeviceState.WAITING);
            }
            abort(server, byServer);
            transfer.join();

            for (int i = 0; i < 8; i++) {
                assertThat(transfer.outcome(i))
                        .isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbortWaitsForTheIoInHandAndLeavesNothingOutstanding(boolean byServer) throws Exception {
        try (TestServer server = TestServer.backup(1, 8, SIZE)) {
            TestSink sink = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(sink));
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                replies.add(server.write(0, filled(i)));
            }
            sink.inWrite.await();
            abort(server, byServer);
            for (CompletableFuture<Reply> reply : replies) {
                assertThat(TestServer.await(reply)).extracting(Reply::code).isEqualTo(995);
            }
            assertThat(transfer.outstanding()).isPositive();
            assertThat(transfer.awaitEnd(Duration.ZERO)).isFalse();

            sink.release();
            transfer.join();

            assertThat(transfer.outstanding()).isZero();
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
        }
    }

    @Test
    void aWorkerStuckInIoIsFreedByInterruptingTheIo() throws Exception {
        try (TestServer server = TestServer.backup(2, 4, SIZE)) {
            TestSink stuck = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(new TestSink(), stuck));
            CompletableFuture<Reply> reply = server.write(1, filled(1));
            stuck.inWrite.await();
            server.abortFromClient();
            assertThat(TestServer.await(reply).code()).isEqualTo(995);
            // the other worker has nothing in hand and leaves
            TestServer.until(() -> transfer.outcome(0) != null);
            DeviceProgress progress = transfer.progress(1);
            assertThat(progress.state()).isEqualTo(DeviceState.IN_IO);
            assertThat(progress.command()).isEqualTo(CommandCode.WRITE);
            assertThat(progress.inHand()).isEqualTo(1);

            transfer.interruptIo(0);
            transfer.interruptIo(1);
            transfer.join();

            assertThat(transfer.outstanding()).isZero();
            DeviceOutcome outcome = Objects.requireNonNull(transfer.outcome(1));
            assertThat(outcome.end()).isEqualTo(DeviceState.ABORTED);
            assertThat(outcome.cause()).hasMessageContaining("interrupted");
        }
    }

    @Test
    void anAbortDuringCompleteIsSeenAfterIt() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            TestSink sink = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(sink));
            CompletableFuture<Reply> complete = server.control(0, CommandCode.COMPLETE);
            TestServer.until(() -> transfer.progress(0).command() == CommandCode.COMPLETE);
            assertThat(gate.tryStop()).isTrue();
            server.abortFromClient();
            sink.release();
            transfer.join();

            assertThat(TestServer.await(complete).code()).isEqualTo(995);
            assertThat(gate.isPassed()).isFalse();
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
        }
    }

    @Test
    void aThrottledWorkerHoldsNoBufferAndLeavesAtOnceWhenTheLimitIsLifted() throws Exception {
        try (TestServer server = TestServer.backup(2, 4, SIZE)) {
            DeviceTransfer transfer =
                    DeviceTransfer.backup(
                            server.devices(), sinks(2), RateLimit.of(1), gate, System::nanoTime);
            transfer.start();
            // the first is free; it takes 18 hours until the next
            assertThat(TestServer.await(server.write(0, filled(1))).code()).isZero();
            TestServer.until(() -> transfer.progress(0).state() == DeviceState.THROTTLED);
            assertThat(transfer.outstanding()).isZero();

            server.abortFromClient();
            transfer.liftLimit();
            transfer.join();

            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
        }
    }

    @Test
    void anAbortAtAnyMomentLeavesNothingOutstanding() throws Exception {
        Random random = new Random(4);
        for (int round = 0; round < 150; round++) {
            int devices = 1 + random.nextInt(4);
            try (TestServer server = TestServer.backup(devices, 6, SIZE)) {
                DeviceTransfer transfer = start(server, sinks(devices));
                int abortAt = random.nextInt(60);
                List<Thread> aborter = new ArrayList<>();
                List<CompletableFuture<Reply>> replies = new ArrayList<>();
                try {
                    for (int i = 0; i < 60; i++) {
                        if (i == abortAt) {
                            aborter.add(Thread.ofVirtual().start(() -> abortQuietly(server)));
                        }
                        replies.add(server.write(random.nextInt(devices), filled(i)));
                    }
                } catch (VdiException e) {
                    assertThat(e.status()).isEqualTo(VdiStatus.ABORT);
                }
                aborter.getFirst().join();
                for (CompletableFuture<Reply> reply : replies) {
                    assertThat(TestServer.await(reply).code()).isIn(0, 995);
                }
                transfer.join();
                assertThat(transfer.outstanding()).isZero();
                for (int i = 0; i < devices; i++) {
                    assertThat(transfer.outcome(i))
                            .isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
                }
            }
        }
    }

    @Test
    void anErrorInASinkEndsTheWorkerWithNothingInHand() throws Exception {
        try (TestServer server = TestServer.backup(1, 8, SIZE)) {
            TestSink sink = new TestSink().blocked();
            sink.error = new OutOfMemoryError("in a test");
            DeviceTransfer transfer = start(server, List.of(sink));
            CompletableFuture<Reply> reply = server.write(0, filled(1));
            sink.release();
            transfer.join();

            assertThat(TestServer.await(reply).code()).isEqualTo(29);
            assertThat(transfer.outstanding()).isZero();
            assertThat(transfer.outcome(0))
                    .isEqualTo(new DeviceOutcome(DeviceState.FAILED, sink.error));
            assertThat(transfer.firstFailure()).isNotNull();
        }
    }

    @Test
    void anErrorInAFlushEndsTheWorkerWithNothingInHand() throws Exception {
        try (TestServer server = TestServer.backup(1, 8, SIZE)) {
            TestSink sink = new TestSink();
            sink.error = new OutOfMemoryError("in a test");
            DeviceTransfer transfer = start(server, List.of(sink));
            CompletableFuture<Reply> reply = server.control(0, CommandCode.FLUSH);
            transfer.join();

            assertThat(transfer.outstanding()).isZero();
            assertThat(TestServer.await(reply).code()).isEqualTo(29);
            assertThat(transfer.outcome(0))
                    .isEqualTo(new DeviceOutcome(DeviceState.FAILED, sink.error));
        }
    }

    @Test
    void aDeviceThatBreaksIsHeardOf() throws Exception {
        VdiException broken =
                new VdiException(Said.asIs("GetCommand \"set\""), VdiStatus.UNEXPECTED);
        ClientDevice device =
                new ClientDevice() {
                    @Override
                    public String name() {
                        return "set";
                    }

                    @Override
                    public @Nullable Command getCommand(long timeoutMillis) throws VdiException {
                        throw broken;
                    }

                    @Override
                    public void completeCommand(
                            Command command, int code, int bytes, long position) {
                        throw new AssertionError("nothing was fetched");
                    }
                };
        DeviceTransfer transfer =
                DeviceTransfer.backup(
                        List.of(device),
                        List.of(new TestSink()),
                        RateLimit.none(),
                        gate,
                        System::nanoTime);
        List<TransferFailure> heard = new ArrayList<>();
        transfer.onFirstFailure(heard::add);
        transfer.start();
        transfer.join();

        assertThat(heard).containsExactly(new TransferFailure(0, broken, null));
        assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.FAILED, broken));
    }

    @Test
    void aDeviceClosedUnderACommandIsNoFailure() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        ClientDevice device =
                new ClientDevice() {
                    @Override
                    public String name() {
                        return "set";
                    }

                    @Override
                    public Command getCommand(long timeoutMillis) throws VdiException {
                        if (fetches.getAndIncrement() > 0) {
                            throw new VdiException(
                                    Said.asIs("GetCommand \"set\""), VdiStatus.CLOSE);
                        }
                        return new ControlCommand(CommandCode.CLEAR_ERROR);
                    }

                    @Override
                    public void completeCommand(Command command, int code, int bytes, long position)
                            throws VdiException {
                        throw new VdiException(
                                Said.asIs("CompleteCommand \"set\""), VdiStatus.CLOSE);
                    }
                };
        DeviceTransfer transfer =
                DeviceTransfer.backup(
                        List.of(device),
                        List.of(new TestSink()),
                        RateLimit.none(),
                        gate,
                        System::nanoTime);
        transfer.start();
        transfer.join();

        assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
        assertThat(transfer.firstFailure()).isNull();
    }

    /** A command without a buffer. */
    private record ControlCommand(CommandCode code) implements Command {

        @Override
        public int rawCode() {
            return code.number();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public ByteBuffer buffer() {
            throw new IllegalStateException("no buffer");
        }

        @Override
        public ByteBuffer prefixZone() {
            throw new IllegalStateException("no buffer");
        }

        @Override
        public int bufferId() {
            return -1;
        }
    }

    @Test
    void progressTellsWhatTheWorkerDoes() throws Exception {
        try (TestServer server = TestServer.backup(1, 4, SIZE)) {
            TestSink sink = new TestSink().blocked();
            DeviceTransfer transfer = start(server, List.of(sink));
            TestServer.until(() -> transfer.progress(0).state() == DeviceState.WAITING);
            assertThat(transfer.progress(0).command()).isNull();
            CompletableFuture<Reply> reply = server.write(0, filled(1));
            sink.inWrite.await();
            assertThat(transfer.progress(0).state()).isEqualTo(DeviceState.IN_IO);
            sink.checking = true;
            assertThat(transfer.progress(0).state()).isEqualTo(DeviceState.CHECKING);
            assertThat(transfer.progress(0).serverNanos()).isPositive();
            sink.release();
            assertThat(TestServer.await(reply).bytes()).isEqualTo(SIZE);
            TestServer.until(() -> transfer.progress(0).bytes() == SIZE);
            TestServer.until(() -> transfer.progress(0).state() == DeviceState.WAITING);
            assertThat(transfer.progress(0).ioNanos()).isPositive();
            assertThat(transfer.progress(0).inHand()).isZero();
            end(server, transfer);
            assertThat(transfer.progress(0).state()).isEqualTo(DeviceState.CLOSED);
        }
    }

    private static int refusedAgain(TestServer server, CommandCode command) throws Exception {
        TestServer.await(server.control(0, CommandCode.CLEAR_ERROR));
        return TestServer.await(
                        command == CommandCode.WRITE
                                ? server.write(0, filled(9))
                                : server.control(0, command))
                .code();
    }

    private static void abort(TestServer server, boolean byServer) throws VdiException {
        if (byServer) {
            server.abort();
        } else {
            server.abortFromClient();
        }
    }

    private static void abortQuietly(TestServer server) {
        try {
            server.abortFromClient();
        } catch (VdiException e) {
            throw new AssertionError(e);
        }
    }

    private static void finish(TestServer server, int devices) throws Exception {
        for (int i = 0; i < devices; i++) {
            assertThat(TestServer.await(server.control(i, CommandCode.FLUSH)).code()).isZero();
            assertThat(TestServer.await(server.control(i, CommandCode.COMPLETE)).code()).isZero();
        }
        server.closeDevices();
    }

    private static void end(TestServer server, DeviceTransfer transfer) throws Exception {
        server.closeDevices();
        transfer.join();
        assertThat(transfer.outstanding()).isZero();
    }

    private DeviceTransfer start(TestServer server, List<TestSink> sinks) {
        DeviceTransfer transfer =
                DeviceTransfer.backup(
                        server.devices(), sinks, RateLimit.none(), gate, System::nanoTime);
        transfer.start();
        return transfer;
    }

    private static List<TestSink> sinks(int count) {
        List<TestSink> sinks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sinks.add(new TestSink());
        }
        return sinks;
    }

    private static byte[] filled(int value) {
        byte[] data = new byte[SIZE];
        Arrays.fill(data, (byte) value);
        return data;
    }
}
