package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Proof that the doubles guard their memory: whoever uses an address beyond Close dies of it. */
class LateAccessTest extends NativeConformance {

    @Test
    void crashesTheProcessUnlessOurBufferRefusesIt(@TempDir Path folder) throws IOException {
        try (OtherJvm other = OtherJvm.start(folder, LateAccess.class, provider().name())) {
            assertThat(other.answer()).isEqualTo("held 1");
            assertThat(other.answer()).isEqualTo("refused");
            assertThat(other.answer()).contains("#");
            assertThat(other.await()).isNotZero();
            assertThat(folder.resolve("crash")).content().contains("SIGSEGV");
        }
    }
}
