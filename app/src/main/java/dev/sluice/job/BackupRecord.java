package dev.sluice.job;

import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.words.Told;

import java.util.List;

/**
 * A server's own record of its backups, as far as it could be read.
 *
 * @param gap whether it could
 * @param backups the newest of each database and type; empty when it could not
 * @param problem what the server said when it could not; nothing when it could
 */
public record BackupRecord(Gap gap, List<RecordedBackup> backups, Told problem) {

    /** What keeps a record from being read. */
    public enum Gap {
        /** Nothing: it was read, or the server keeps none. */
        NONE,
        /** The login may not read it. */
        NOT_PERMITTED,
        /** Something else. */
        NOT_READ
    }

    /** That of a server that has not been asked, or keeps none. */
    public static final BackupRecord EMPTY = new BackupRecord(Gap.NONE, List.of(), Told.NOTHING);

    private static final int OBJECT_DENIED = 229;
    private static final int COLUMN_DENIED = 230;
    private static final int DATABASE_DENIED = 916;

    /** Asks for it. A server that does not tell is no failure: Sluice's own history is left. */
    public static BackupRecord read(SqlSession session) {
        try {
            return new BackupRecord(Gap.NONE, List.copyOf(session.backups()), Told.NOTHING);
        } catch (SqlServerException e) {
            boolean denied = e.has(OBJECT_DENIED) || e.has(COLUMN_DENIED) || e.has(DATABASE_DENIED);
            return new BackupRecord(denied ? Gap.NOT_PERMITTED : Gap.NOT_READ, List.of(), e.told());
        }
    }
}
