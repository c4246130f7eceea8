package dev.sluice.job;

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
    private final Set<String> notes = new LinkedHashSet<>();

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
                    "%s is encrypted (%s) by the %s"
                            .formatted(set, encryptor.algorithm(), encryptor.kind()),
                    encryptor.thumbprint());
        }
    }

    /**
     * Refuses a database that the server has no key for.
     *
     * @param thumbprint of what its own key is encrypted by (TDE)
     */
    void requireForDatabase(Path set, String thumbprint) throws JobException {
        require(
                "the database in %s is encrypted (TDE) by the certificate or key".formatted(set),
                thumbprint);
    }

    private void require(String what, String thumbprint) throws JobException {
        String named = "%s with the thumbprint 0x%s".formatted(what, thumbprint);
        if (held.isEmpty()) {
            notes.add(
                    "%s; whether master on %s has it, the server does not tell"
                            .formatted(named, server));
        } else if (!held.get().contains(thumbprint)) {
            throw new JobException(
                    ("%s, and master on %s has none with that thumbprint. Restore the certificate"
                                    + " with its private key there (CREATE CERTIFICATE ... FROM"
                                    + " FILE ... WITH PRIVATE KEY ...), or the key, from its own"
                                    + " backup")
                            .formatted(named, server));
        }
    }

    /** What could not be told, in sentences. */
    List<String> notes() {
        return new ArrayList<>(notes);
    }
}
