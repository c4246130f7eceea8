package dev.sluice.secret;

import dev.sluice.bus.SessionBus;
import dev.sluice.words.Told;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The store that this machine has. Stateless. */
public final class SecretStores {

    private SecretStores() {}

    /**
     * The store of this machine. Nothing is opened or created.
     *
     * @param config the folder of Sluice's own settings
     * @param environment all variables
     */
    public static SecretStore ofThisMachine(Path config, Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return new ProtectedFileStore(
                    Told.of("secret.store.windows"),
                    config.resolve("secrets"),
                    new WindowsProtection());
        }
        if (system.startsWith("linux")) {
            return secretService(environment);
        }
        return new NoStore(Told.of("secret.store.unknown"));
    }

    private static SecretStore secretService(Map<String, String> environment) {
        Optional<SessionBus> bus = SessionBus.of(environment);
        return bus.isPresent()
                ? new SecretServiceStore(bus.get())
                : new NoStore(Told.of("secret.store.noSession"));
    }
}
