package dev.sluice.job;

import dev.sluice.words.Told;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the server has the certificates or keys that backups and their databases are encrypted
 * by; otherwise it would find out in the midst (message 33111).
 */
final class RestoreKeys {

    private final String server;
    private final Optional<Set<String>> held;
    private final Set<Told> notes = new LinkedHashSet<>();

    /**
     * @param server its name
     * @param held the thumbprints of what it has; empty where it does not tell
     */
    RestoreKeys(String server, Optional<Set<String>> held) {
        this.server = server;
        this.held = held;
    }

    /** Refuses a backup that the server has no key for. */
    void requireFor(Path set, BackupContents contents) throws JobException {
        BackupContents.Encryptor encryptor = contents.encryptor();
        if (encryptor != null) {
            require(
                    Told.of(
                            "key.ofBackup",
                            set,
                            encryptor.algorithm(),
                            kind(encryptor),
                            "0x" + encryptor.thumbprint()),
                    encryptor.thumbprint());
        }
    }

    private static Told kind(BackupContents.Encryptor encryptor) {
        return switch (encryptor.kind()) {
            case "certificate" -> Told.of("key.certificate");
            case "asymmetric key" -> Told.of("key.asymmetric");
            default -> Told.asIs(encryptor.kind());
        };
    }

    /**
     * Refuses a database that the server has no key for.
     *
     * @param thumbprint of what its own key is encrypted by (TDE)
     */
    void requireForDatabase(Path set, String thumbprint) throws JobException {
        require(Told.of("key.ofDatabase", set, "0x" + thumbprint), thumbprint);
    }

    private void require(Told needed, String thumbprint) throws JobException {
        if (held.isEmpty()) {
            notes.add(Told.of("key.unknown", needed, server));
        } else if (!held.get().contains(thumbprint)) {
            throw new JobException(Told.of("key.missing", needed, server));
        }
    }

    /** What could not be told. */
    List<Told> notes() {
        return new ArrayList<>(notes);
    }
}
