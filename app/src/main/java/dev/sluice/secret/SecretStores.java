package dev.sluice.secret;

import java.nio.file.Path;
import java.util.Locale;

/** The store that this machine has. Stateless. */
public final class SecretStores {

    private SecretStores() {}

    /**
     * The store of this machine. Nothing is opened or created.
     *
     * @param config the folder of Sluice's own settings
     */
    public static SecretStore ofThisMachine(Path config) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return new ProtectedFileStore(
                    "Windows data protection", config.resolve("secrets"), new WindowsProtection());
        }
        return new NoStore(
                "Sluice knows no store for secrets on this system. Have the secret asked for each"
                        + " time.");
    }
}
