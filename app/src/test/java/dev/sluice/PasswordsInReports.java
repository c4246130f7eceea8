package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** Runs after all other tests: whatever they printed or logged, no password is in it. */
class PasswordsInReports {

    private static final Path REPORTS = Path.of("target", "surefire-reports");

    @Test
    void noReportOutputOrLogOfAnyTestHasAPasswordInIt() throws Exception {
        assertThat(REPORTS).isDirectoryRecursivelyContaining("glob:**/TEST-*.xml");
        assertThat(Passwords.under(REPORTS)).isEmpty();
    }

    @Test
    void theSearchFindsWhatIsThere(@TempDir Path folder) throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), "a".repeat(70_000) + "hunthunter2");
        assertThat(Passwords.under(folder)).containsExactly(plain);
        Files.delete(plain);
    }
}
