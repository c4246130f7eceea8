package dev.sluice.sqlserver;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A row of {@code msdb.dbo.backupset}, and of {@code backupmediafamily} for its first device.
 *
 * @param database database_name
 * @param type the letter
 * @param finished backup_finish_date
 * @param timeZone quarters of an hour that this is ahead of UTC; 127 or null for unknown
 * @param server server_name
 * @param family family_guid
 * @param flags names of the columns that are 1
 * @param user user_name
 * @param device physical_device_name
 */
record RecordedRow(
        String database,
        String type,
        LocalDateTime finished,
        @Nullable Integer timeZone,
        String server,
        UUID family,
        Set<String> flags,
        @Nullable String user,
        String device) {

    /** Where the double stands. */
    static final ZoneOffset ZONE = ZoneOffset.ofHours(-5);

    /** How long each backup took. */
    static final int MINUTES = 10;

    private static final int ZONE_IN_QUARTERS = -20;

    /** A backup of a database that is there, by another tool. */
    static RecordedRow of(ServerDatabase database, String type, Instant finished) {
        return new RecordedRow(
                database.name,
                type,
                LocalDateTime.ofInstant(finished, ZONE),
                ZONE_IN_QUARTERS,
                SqlServerDouble.SERVER_NAME,
                database.family,
                Set.of(),
                "CORP\\agent",
                "E:\\backup\\" + database.name + ".bak");
    }

    /** When it began, backup_start_date. */
    LocalDateTime started() {
        return finished.minusMinutes(MINUTES);
    }

    /** The same, with a column that is 1. */
    RecordedRow with(String flag) {
        Set<String> more = new HashSet<>(flags);
        more.add(flag);
        return new RecordedRow(
                database, type, finished, timeZone, server, family, more, user, device);
    }

    /** The same at another place. */
    RecordedRow on(String place) {
        return new RecordedRow(
                database, type, finished, timeZone, server, family, flags, user, place);
    }

    /** The same on another server. */
    RecordedRow of(String other) {
        return new RecordedRow(
                database, type, finished, timeZone, other, family, flags, user, device);
    }

    /** The same of another database, which had the name before. */
    RecordedRow of(UUID other) {
        return new RecordedRow(
                database, type, finished, timeZone, server, other, flags, user, device);
    }

    /** The same by another's clock. */
    RecordedRow at(LocalDateTime local, @Nullable Integer zone) {
        return new RecordedRow(database, type, local, zone, server, family, flags, user, device);
    }

    /** The same by another user. */
    RecordedRow by(@Nullable String other) {
        return new RecordedRow(
                database, type, finished, timeZone, server, family, flags, other, device);
    }
}
