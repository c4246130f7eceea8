package dev.sluice.vdi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.Doubles;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** Both clients of the comparison do the same work, and do it right. Nothing here is timed. */
class NativeAgainstCTest {

    private static final int DEVICES = 2;
    private static final int SIZE = 64 << 10;
    private static final long BYTES = 20L * SIZE;

    /** The server's, unless it is told another one. */
    private static final long SEED = 1;

    private final DoubleControl control = DoubleControl.of(Doubles.posixLibrary());

    private interface Client {
        Turn run(Transfer transfer) throws Exception;
    }

    @BeforeEach
    void forget() {
        control.reset();
    }

    @Test
    void ourClientWritesTheServersBytes(@TempDir Path sink) throws Exception {
        assertThatItWritesTheServersBytes(new JavaClient()::run, sink);
    }

    @Test
    void theClientInCWritesTheServersBytes(@TempDir Path sink) throws Exception {
        assertThatItWritesTheServersBytes(new ReferenceClient()::run, sink);
    }

    private void assertThatItWritesTheServersBytes(Client client, Path sink) throws Exception {
        assertThatItTransfersAll(client, sink);
        for (int i = 0; i < DEVICES; i++) {
            assertThat(Files.readAllBytes(Transfer.file(sink, i)))
                    .isEqualTo(control.pattern(SEED, i, 0, (int) BYTES));
        }
    }

    @Test
    void ourClientTakesWhatItDrops() throws Exception {
        assertThatItTransfersAll(new JavaClient()::run, null);
    }

    @Test
    void theClientInCTakesWhatItDrops() throws Exception {
        assertThatItTransfersAll(new ReferenceClient()::run, null);
    }

    private void assertThatItTransfersAll(Client client, @Nullable Path sink) throws Exception {
        Turn turn = client.run(new Transfer(DEVICES, SIZE, BYTES, sink));
        assertThat(turn.bytes()).isEqualTo(DEVICES * BYTES);
        assertThat(turn.nanos()).isPositive();
        assertThat(turn.cpuNanos()).isPositive();
        assertThat(control.violations()).isEmpty();
    }

    @Test
    void aClientInCThatCannotWriteIsAFailure(@TempDir Path sink) {
        Path absent = sink.resolve("absent");
        Transfer transfer = new Transfer(1, SIZE, BYTES, absent);
        assertThatIllegalStateException()
                .isThrownBy(() -> new ReferenceClient().run(transfer))
                .withMessageContaining("No such file");
    }
}
