package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.UUID;

/**
 * What the catalog knows about a database. Immutable; the catalog replaces the whole entry.
 *
 * @param name its name, as it was written when it was made
 * @param created when, to the second; a restored database has the date of the original, by which a
 *     backup set knows its own database
 * @param dataFile its data file: a plain name in the database's folder, or an absolute path
 * @param restoring the full backup that was restored WITH NORECOVERY and waits for a differential;
 *     null for a database that is online
 * @param base the full backup that is the base of differentials; null before the first
 */
record DatabaseEntry(
        String name,
        LocalDateTime created,
        String dataFile,
        @Nullable BackupIdentity restoring,
        @Nullable DifferentialBase base) {

    /**
     * Which full backup something refers to.
     *
     * @param mediaSet GUID of its media set
     * @param version store version of its consistency point, the LSN
     */
    record BackupIdentity(UUID mediaSet, long version) {}

    /**
     * The base of differential backups.
     *
     * @param backup the full backup
     * @param digestFile name of the file with the digests of its extents
     */
    record DifferentialBase(BackupIdentity backup, String digestFile) {}

    /** The same database with another base. */
    DatabaseEntry withBase(DifferentialBase newBase) {
        return new DatabaseEntry(name, created, dataFile, restoring, newBase);
    }

    /** Whether a backup set is one of this very database, and not of another of the same name. */
    boolean isOriginOf(String database, @Nullable LocalDateTime databaseCreated) {
        return name.equalsIgnoreCase(database) && created.equals(databaseCreated);
    }

    /** Whether connections may open it. */
    boolean isOnline() {
        return restoring == null;
    }
}
