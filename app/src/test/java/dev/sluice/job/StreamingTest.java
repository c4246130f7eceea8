package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.RateLimit;
import dev.sluice.transfer.StripeSource;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

@Timeout(60)
class StreamingTest {

    private final JobSignals signals = new JobSignals(System::nanoTime);
    private final DeviceTransfer transfer =
            DeviceTransfer.restore(
                    List.of(new ClosedDevice()),
                    List.of(new NoSource()),
                    RateLimit.none(),
                    System::nanoTime);
    private final Streaming streaming =
            new Streaming(
                    transfer, DeviceSetConfiguration.request(1, 0), signals, System::nanoTime);

    @Test
    void tellsOfTheWorkersEndOnlyAfterTheyWereStarted() {
        streaming.watch("workers");
        assertThat(signals.isRaised(JobSignals.Signal.WORKERS_ENDED)).isFalse();

        streaming.start();

        assertThat(signals.await(Bench.PATIENCE, JobSignals.Signal.WORKERS_ENDED)).isTrue();
        assertThat(streaming.isWhole(new CompletionGate())).isTrue();
    }

    @Test
    void tellsOfTheEndAlsoWhenNotAllWorkersCouldBeStarted() throws Exception {
        // a worker that runs already cannot be started, as one for which there is no thread
        transfer.start();
        assertThat(transfer.awaitEnd(Duration.ofSeconds(30))).isTrue();
        streaming.watch("workers");

        assertThatThrownBy(streaming::start).isInstanceOf(IllegalThreadStateException.class);

        assertThat(signals.await(Bench.PATIENCE, JobSignals.Signal.WORKERS_ENDED)).isTrue();
    }

    /** A device that the server has closed. */
    private static final class ClosedDevice implements ClientDevice {

        @Override
        public String name() {
            return "set";
        }

        @Override
        public Command getCommand(long timeoutMillis) throws VdiException {
            throw new VdiException(Said.asIs("GetCommand"), VdiStatus.CLOSE);
        }

        @Override
        public void completeCommand(Command command, int code, int bytes, long position) {
            throw new AssertionError("no command was given out");
        }
    }

    /** A stripe nobody reads. */
    private static final class NoSource implements StripeSource {

        @Override
        public int read(ByteBuffer target) {
            throw new AssertionError("no command was given out");
        }

        @Override
        public void interrupt() {
            throw new AssertionError("no I/O is under way");
        }
    }
}
