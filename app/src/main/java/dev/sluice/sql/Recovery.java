package dev.sluice.sql;

/** In which state RESTORE leaves a database. */
public sealed interface Recovery {

    /** RECOVERY, the server's default: usable, and closed to further restores. */
    record Recover() implements Recovery {}

    /** NORECOVERY: restoring, for a further backup to follow. */
    record NoRecovery() implements Recovery {}

    /**
     * STANDBY: readable, and open to further restores.
     *
     * @param undoFile path on the server, 1 to 259 characters, of the file that keeps what is
     *     undone meanwhile
     */
    record Standby(String undoFile) implements Recovery {

        /** Refuses what no server accepts. */
        public Standby {
            StatementRules.checkPath("STANDBY", undoFile);
        }
    }
}
