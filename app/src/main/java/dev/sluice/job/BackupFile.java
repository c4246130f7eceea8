package dev.sluice.job;

import org.jspecify.annotations.Nullable;

/**
 * A file of the database in a backup, as RESTORE FILELISTONLY tells of it.
 *
 * @param logicalName by which MOVE speaks of it
 * @param physicalName path where it was when the backup was taken
 * @param type what it holds
 * @param filegroup name of its filegroup; null for a log file
 * @param size in bytes
 */
record BackupFile(
        String logicalName, String physicalName, Type type, @Nullable String filegroup, long size) {

    /** What a file holds, by the letter the server gives it. */
    enum Type {
        /** Data. */
        D,
        /** The log. */
        L,
        /** A full-text catalogue of an old version. */
        F,
        /** A folder: FILESTREAM data, or memory-optimised tables. */
        S
    }
}
