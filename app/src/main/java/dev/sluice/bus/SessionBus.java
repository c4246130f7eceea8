package dev.sluice.bus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The D-Bus of the user's session.
 *
 * @param address where it listens
 * @param patience how long an answer may take, at most
 * @param promptPatience how long the user may take to answer the service's prompt
 */
public record SessionBus(String address, Duration patience, Duration promptPatience) {

    /** Longer than a bus waits for a service that it has to start. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration PROMPT_PATIENCE = Duration.ofMinutes(2);

    private static final String UNIX_SOCKET = "unix:path=";

    /**
     * The bus of this environment: the one that is named, or the one in its usual place. Empty in a
     * service, or in a login without a desktop.
     */
    public static Optional<SessionBus> of(Map<String, String> environment) {
        return address(environment)
                .map(address -> new SessionBus(address, PATIENCE, PROMPT_PATIENCE));
    }

    private static Optional<String> address(Map<String, String> environment) {
        String named = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
        if (!named.isEmpty()) {
            // several ways to the same bus; Java knows sockets in the file system
            return Stream.of(named.split(";"))
                    .filter(way -> way.startsWith(UNIX_SOCKET))
                    .findFirst()
                    .or(() -> Optional.of(named));
        }
        String folder = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path socket = Path.of(folder, "bus");
        return folder.isEmpty() || !Files.exists(socket)
                ? Optional.empty()
                : Optional.of(UNIX_SOCKET + socket);
    }

    /**
     * Begins a conversation with a service, which the bus starts if it has to.
     *
     * @param name its well-known name
     */
    public BusPeer peer(String name) throws BusException {
        return BusPeer.of(this, name);
    }
}
