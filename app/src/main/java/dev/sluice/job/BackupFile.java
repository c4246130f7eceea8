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
 * @param held whether the backup holds what is in it, rather than tells only that it is there
 * @param readOnly whether nothing can be written to it
 */
record BackupFile(
        String logicalName,
        String physicalName,
        Type type,
        @Nullable String filegroup,
        long size,
        boolean held,
        boolean readOnly) {

    /** One that is in the backup, and can be written to. */
    BackupFile(
            String logicalName,
            String physicalName,
            Type type,
            @Nullable String filegroup,
            long size) {
        this(logicalName, physicalName, type, filegroup, size, true, false);
    }

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
