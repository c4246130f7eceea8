package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

class RestoreKeysTest {

    private static BackupContents encrypted() throws JobException {
        return new Headers()
                .add(Headers.FULL, 1, 2)
                .with("KeyAlgorithm", "aes_256")
                .with("EncryptorThumbprint", "ab01")
                .with("EncryptorType", "CERTIFICATE")
                .steps(RestoreRequest.Options.PLAIN)
                .getFirst()
                .contents();
    }

    @Test
    void refusesABackupThatTheServerHasNoKeyFor() throws Exception {
        RestoreKeys keys = new RestoreKeys("prod", Optional.of(Set.of("ab02")));
        BackupContents contents = encrypted();
        assertThatThrownBy(() -> keys.requireFor(Path.of("/1"), contents))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll(
                        "/1 is encrypted (aes_256) by the certificate with the thumbprint 0xab01",
                        "master on prod has none",
                        "CREATE CERTIFICATE");
    }

    @Test
    void refusesADatabaseThatTheServerHasNoKeyFor() {
        RestoreKeys keys = new RestoreKeys("prod", Optional.of(Set.of()));
        assertThatThrownBy(() -> keys.requireForDatabase(Path.of("/1"), "ab01"))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll("(TDE)", "0xab01");
    }

    @Test
    void takesWhatTheServerHasTheKeyFor() throws Exception {
        RestoreKeys keys = new RestoreKeys("prod", Optional.of(Set.of("ab01")));
        keys.requireFor(Path.of("/1"), encrypted());
        keys.requireForDatabase(Path.of("/1"), "ab01");
        assertThat(keys.notes()).isEmpty();
    }

    @Test
    void saysOnceWhatTheServerDoesNotTell() throws Exception {
        RestoreKeys keys = new RestoreKeys("prod", Optional.empty());
        keys.requireFor(Path.of("/1"), encrypted());
        keys.requireFor(Path.of("/1"), encrypted());
        assertThat(keys.notes())
                .singleElement()
                .asString()
                .contains("0xab01", "the server does not tell");
    }
}
