package dev.sluice.sql;

/**
 * A database as the server lists it.
 *
 * @param name its name
 * @param state whether it can be used
 * @param recoveryModel {@code SIMPLE}, {@code FULL} or {@code BULK_LOGGED}
 * @param sizeBytes allocated size: what a full backup will move, roughly
 */
public record DatabaseInfo(String name, State state, String recoveryModel, long sizeBytes) {

    /** Whether a database can be used. */
    public enum State {
        /** Usable. */
        ONLINE,
        /** Restored WITH NORECOVERY: waits for a further restore. */
        RESTORING,
        /** Cannot be opened. */
        SUSPECT
    }
}
