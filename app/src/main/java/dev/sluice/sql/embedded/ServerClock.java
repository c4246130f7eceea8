package dev.sluice.sql.embedded;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The server's local time, as backup sets carry it. */
final class ServerClock {

    private ServerClock() {}

    /** Now, to the second. */
    static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    }
}
