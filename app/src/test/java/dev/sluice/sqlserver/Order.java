package dev.sluice.sqlserver;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** What a statement wants, other than a query. */
sealed interface Order {

    /**
     * BACKUP DATABASE or LOG.
     *
     * @param log BACKUP LOG
     * @param flags options that stand alone
     */
    record Backup(
            boolean log, String database, List<String> devices, Sizes sizes, List<String> flags)
            implements Order {

        boolean has(String flag) {
            return flags.contains(flag);
        }

        /** How messages call it. */
        String verb() {
            return log ? "BACKUP LOG" : "BACKUP DATABASE";
        }
    }

    /**
     * A RESTORE of any kind.
     *
     * @param verb the first two words
     * @param database empty for one that only looks
     * @param standby the undo file, or null
     * @param stop where it stops, or null
     * @param moves paths by logical names
     */
    record Restore(
            String verb,
            String database,
            List<String> devices,
            Sizes sizes,
            List<String> flags,
            @Nullable String standby,
            @Nullable Stop stop,
            Map<String, String> moves)
            implements Order {

        boolean has(String flag) {
            return flags.contains(flag);
        }

        boolean restores() {
            return isLog() || verb.equals("RESTORE DATABASE");
        }

        boolean isLog() {
            return verb.equals("RESTORE LOG");
        }
    }

    /**
     * Where a restore stops.
     *
     * @param option STOPAT, STOPATMARK or STOPBEFOREMARK
     * @param mark the mark's name; empty with STOPAT
     * @param time null for a mark without AFTER
     */
    record Stop(String option, String mark, @Nullable LocalDateTime time) {}

    /** Sizes and STATS; 0 where the statement has none. */
    record Sizes(int blockSize, int bufferCount, int maxTransferSize, int stats) {}

    /** ALTER DATABASE … SET SINGLE_USER WITH ROLLBACK IMMEDIATE, or MULTI_USER. */
    record Access(String database, boolean singleUser) implements Order {}

    /** USE. */
    record Use(String database) implements Order {}
}
