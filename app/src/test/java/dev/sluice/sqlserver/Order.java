package dev.sluice.sqlserver;

import dev.sluice.sql.UserAccess;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** What a statement wants, other than a query. */
sealed interface Order {

    /**
     * Which part of a database.
     *
     * @param files FILE
     * @param filegroups FILEGROUP
     * @param readWrite READ_WRITE_FILEGROUPS
     */
    record Part(List<String> files, List<String> filegroups, boolean readWrite) {

        boolean isWhole() {
            return files.isEmpty() && filegroups.isEmpty() && !readWrite;
        }
    }

    /**
     * BACKUP DATABASE or LOG.
     *
     * @param log BACKUP LOG
     * @param flags options that stand alone
     * @param compression the algorithm; empty for none
     * @param name NAME; empty for none
     * @param description DESCRIPTION; empty for none
     */
    record Backup(
            boolean log,
            String database,
            Part part,
            List<String> devices,
            Sizes sizes,
            List<String> flags,
            String compression,
            String name,
            String description)
            implements Order {

        boolean has(String flag) {
            return flags.contains(flag);
        }

        /** How messages call it when it fails, and statements begin. */
        String verb() {
            return log ? "BACKUP LOG" : "BACKUP DATABASE";
        }

        /** How the last message calls it. */
        String verbInFull() {
            String some = part.isWhole() ? "" : "...FILE=<name>";
            return verb() + some + (has("DIFFERENTIAL") ? " WITH DIFFERENTIAL" : "");
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
            Part part,
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

        /** How the last message calls it. */
        String verbInFull() {
            return part.isWhole() ? verb : verb + " ... FILE=<name>";
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
    record Stop(String option, String mark, @Nullable LocalDateTime time) {

        boolean isAtTime() {
            return option.equals("STOPAT");
        }

        /** Whether the mark is no name, but a log sequence number. */
        boolean isAtLsn() {
            return mark.startsWith("lsn:");
        }

        /** STOPATMARK: the mark is still restored. */
        boolean isInclusive() {
            return option.equals("STOPATMARK");
        }
    }

    /** Sizes and STATS; 0 where the statement has none. */
    record Sizes(int blockSize, int bufferCount, int maxTransferSize, int stats) {}

    /** RESTORE DATABASE … WITH RECOVERY, from nothing. */
    record Recover(String database) implements Order {}

    /** ALTER DATABASE … SET whom it admits; but for MULTI_USER, WITH ROLLBACK IMMEDIATE. */
    record Access(String database, UserAccess access) implements Order {}

    /** USE. */
    record Use(String database) implements Order {}
}
