package dev.sluice.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transfer.TestServer.Reply;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(120)
final class RestoreTransferTest {

    private static final int SIZE = 65_536;
    private static final int BLOCK = 512;

    @Test
    void readsInRandomSizesReproduceEveryStream() throws Exception {
        int devices = 4;
        List<TestSource> sources = sources(devices, 2_000_000);
        try (TestServer server = TestServer.restore(devices, 8, SIZE)) {
            DeviceTransfer transfer = start(server, sources);
            Random random = new Random(3);
            List<ByteArrayOutputStream> got = new ArrayList<>();
            for (int device = 0; device < devices; device++) {
                got.add(readToEnd(server, device, random));
            }
            server.closeDevices();
            transfer.join();

            for (int i = 0; i < devices; i++) {
                assertThat(got.get(i).toByteArray()).isEqualTo(sources.get(i).data);
                assertThat(transfer.outcome(i))
                        .isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
            }
        }
    }

    @Test
    void severalReadsAreAnsweredInTheirOrder() throws Exception {
        TestSource source = sources(1, 8 * SIZE).getFirst();
        try (TestServer server = TestServer.restore(1, 8, SIZE)) {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replies.add(server.read(0, SIZE));
            }
            DeviceTransfer transfer = start(server, List.of(source));
            for (int i = 0; i < 8; i++) {
                Reply reply = TestServer.await(replies.get(i));
                assertThat(reply.code()).isZero();
                assertThat(reply.data())
                        .isEqualTo(Arrays.copyOfRange(source.data, i * SIZE, (i + 1) * SIZE));
            }
            end(server, transfer);
        }
    }

    @Test
    void theEndIsAPartWithHandleEofAndStaysTheEnd() throws Exception {
        TestSource source = sources(1, SIZE + 3 * BLOCK + 100).getFirst();
        try (TestServer server = TestServer.restore(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, List.of(source));
            assertThat(TestServer.await(server.read(0, SIZE)).code()).isZero();

            Reply last = TestServer.await(server.read(0, SIZE));
            assertThat(last.code()).isEqualTo(38);
            assertThat(last.bytes()).isEqualTo(3 * BLOCK + 100);
            assertThat(TestServer.await(server.control(0, CommandCode.CLEAR_ERROR)).code())
                    .isZero();
            Reply again = TestServer.await(server.read(0, SIZE));
            assertThat(again.code()).isEqualTo(38);
            assertThat(again.bytes()).isZero();

            end(server, transfer);
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
        }
    }

    @Test
    void aReadThatEndsExactlyAtTheEndSucceeds() throws Exception {
        try (TestServer server = TestServer.restore(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, sources(1, SIZE));

            assertThat(TestServer.await(server.read(0, SIZE)).code()).isZero();
            assertThat(TestServer.await(server.read(0, BLOCK)).code()).isEqualTo(38);
            end(server, transfer);
        }
    }

    @Test
    void flushSucceedsAndWriteIsNotSupported() throws Exception {
        try (TestServer server = TestServer.restore(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, sources(1, SIZE));

            assertThat(TestServer.await(server.control(0, CommandCode.FLUSH)).code()).isZero();
            assertThat(TestServer.await(server.write(0, new byte[BLOCK])).code()).isEqualTo(50);
            end(server, transfer);
        }
    }

    @Test
    void damagedDataIsAnsweredWithCrcAndOnlyWhatWasGood() throws Exception {
        TestSource source = sources(1, 4 * SIZE).getFirst();
        source.failAt = SIZE + BLOCK;
        source.failure = new DamagedDataException(Told.asIs("damaged"), SIZE + BLOCK);
        checkFailure(source, 23);
    }

    @Test
    void aSourceThatFailsIsAnsweredWithReadFault() throws Exception {
        TestSource source = sources(1, 4 * SIZE).getFirst();
        source.failAt = SIZE + BLOCK;
        source.failure = new IOException("broken");
        checkFailure(source, 30);
    }

    private static void checkFailure(TestSource source, int code) throws Exception {
        try (TestServer server = TestServer.restore(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, List.of(source));
            assertThat(TestServer.await(server.read(0, SIZE)).code()).isZero();

            Reply reply = TestServer.await(server.read(0, SIZE));
            assertThat(reply.code()).isEqualTo(code);
            assertThat(reply.bytes()).isLessThanOrEqualTo(BLOCK);
            TestServer.await(server.control(0, CommandCode.CLEAR_ERROR));
            Reply again = TestServer.await(server.read(0, SIZE));
            assertThat(again.code()).isEqualTo(code);
            assertThat(again.bytes()).isZero();

            end(server, transfer);
            assertThat(transfer.outcome(0))
                    .isEqualTo(new DeviceOutcome(DeviceState.FAILED, source.failure));
        }
    }

    @Test
    void anAbortWaitsForTheReadInHand() throws Exception {
        TestSource source = sources(1, 4 * SIZE).getFirst();
        source.release = new CountDownLatch(1);
        try (TestServer server = TestServer.restore(1, 4, SIZE)) {
            DeviceTransfer transfer = start(server, List.of(source));
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                replies.add(server.read(0, SIZE));
            }
            source.inRead.await();
            server.abortFromClient();
            for (CompletableFuture<Reply> reply : replies) {
                assertThat(TestServer.await(reply).code()).isEqualTo(995);
            }
            assertThat(transfer.outstanding()).isEqualTo(1);

            source.release.countDown();
            transfer.join();

            assertThat(transfer.outstanding()).isZero();
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.ABORTED, null));
        }
    }

    @Test
    void aServerMayStopReadingEarly() throws Exception {
        try (TestServer server = TestServer.restore(2, 4, SIZE)) {
            DeviceTransfer transfer = start(server, sources(2, 10 * SIZE));
            TestServer.await(server.read(1, BLOCK));

            end(server, transfer);
            assertThat(transfer.outcome(0)).isEqualTo(new DeviceOutcome(DeviceState.CLOSED, null));
        }
    }

    private static ByteArrayOutputStream readToEnd(TestServer server, int device, Random random)
            throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        Reply reply;
        do {
            int size = BLOCK * (1 + random.nextInt(SIZE / BLOCK));
            reply = TestServer.await(server.read(device, size));
            got.writeBytes(reply.data());
        } while (reply.code() == 0);
        assertThat(reply.code()).isEqualTo(38);
        return got;
    }

    private static void end(TestServer server, DeviceTransfer transfer) throws Exception {
        server.closeDevices();
        transfer.join();
        assertThat(transfer.outstanding()).isZero();
    }

    private static DeviceTransfer start(TestServer server, List<TestSource> sources) {
        DeviceTransfer transfer =
                DeviceTransfer.restore(
                        server.devices(), sources, RateLimit.none(), System::nanoTime);
        transfer.start();
        return transfer;
    }

    private static List<TestSource> sources(int count, int size) {
        List<TestSource> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[size + i];
            new Random(i).nextBytes(data);
            sources.add(new TestSource(data));
        }
        return sources;
    }

    /** A source in memory that can be told to block and to fail. */
    private static final class TestSource implements StripeSource {

        final byte[] data;
        final CountDownLatch inRead = new CountDownLatch(1);
        volatile CountDownLatch release = new CountDownLatch(0);
        volatile int failAt = Integer.MAX_VALUE;
        volatile @Nullable IOException failure;
        private int position;

        TestSource(byte[] data) {
            this.data = data;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            inRead.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError("no worker is interrupted as a thread", e);
            }
            int length = Math.min(target.remaining(), data.length - position);
            int good = Math.min(length, failAt - position);
            target.put(data, position, good);
            position += good;
            if (good < length && failure != null) {
                throw failure;
            }
            return length;
        }

        @Override
        public void interrupt() {
            release.countDown();
        }
    }
}
