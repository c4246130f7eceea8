package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A database as the server lists it.
 *
 * @param name its name
 * @param state whether it can be used
 * @param recoveryModel {@code SIMPLE}, {@code FULL} or {@code BULK_LOGGED}
 * @param sizeBytes allocated size: what a full backup will move, roughly
 * @param encrypted transparent data encryption is on; a restore needs its certificate
 * @param hasDifferentialBase a full backup was taken that a differential one can build on
 * @param hasLogChain log backups are possible: since it has its recovery model, a full backup was
 *     taken
 * @param access whom it admits
 * @param created when it was created, restored under its name or renamed, in whole seconds; null
 *     where the server does not tell
 */
public record DatabaseInfo(
        String name,
        State state,
        String recoveryModel,
        long sizeBytes,
        boolean encrypted,
        boolean hasDifferentialBase,
        boolean hasLogChain,
        UserAccess access,
        @Nullable Instant created) {

    /** One that admits everybody, of a server that does not tell since when there is one. */
    public DatabaseInfo(
            String name,
            State state,
            String recoveryModel,
            long sizeBytes,
            boolean encrypted,
            boolean hasDifferentialBase,
            boolean hasLogChain) {
        this(
                name,
                state,
                recoveryModel,
                sizeBytes,
                encrypted,
                hasDifferentialBase,
                hasLogChain,
                UserAccess.MULTI_USER,
                null);
    }

    /**
     * Whether a database can be used: the states of {@code sys.databases}, and STANDBY, which that
     * view tells apart by {@code is_in_standby}.
     */
    public enum State {
        /** Usable. */
        ONLINE,
        /** Restored WITH NORECOVERY: waits for a further restore. */
        RESTORING,
        /** Restored WITH STANDBY: readable, and open to a further restore; cannot be backed up. */
        STANDBY,
        /** Being recovered; usable soon. */
        RECOVERING,
        /** Recovery was not possible: a file is missing, or the disk is full. */
        RECOVERY_PENDING,
        /** Cannot be opened: damaged. */
        SUSPECT,
        /** Opened by an administrator for repair, read only. */
        EMERGENCY,
        /** Taken out of use by somebody. */
        OFFLINE,
        /** In a state that is not known here, or that the server does not tell. */
        UNKNOWN;

        /** As it stands in a sentence after {@code is}, and by itself. */
        @Override
        public String toString() {
            return this == UNKNOWN ? "in an unknown state" : name();
        }

        /** Whether a differential or log backup can be restored onto it. */
        public boolean awaitsRestore() {
            return this == RESTORING || this == STANDBY;
        }
    }
}
