package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

/**
 * A file of a database, as the server lists it.
 *
 * @param database name of the database
 * @param logicalName its logical name, by which MOVE and FILE speak of it
 * @param path where it is, on the server
 * @param bytes its size; 0 where the server does not tell
 * @param state as {@code sys.master_files} has it, such as {@code ONLINE}, {@code RESTORING} or
 *     {@code RECOVERY_PENDING}; null where the server does not tell
 */
public record DatabaseFile(
        String database, String logicalName, String path, long bytes, @Nullable String state) {

    /** One of which no more is known. */
    public DatabaseFile(String database, String logicalName, String path) {
        this(database, logicalName, path, 0, null);
    }
}
