package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The databases that SQL Server keeps itself in are restored by rules of their own (Microsoft's
 * documentation, Back Up and Restore of System Databases). A backup of one may be restored under
 * any other name.
 */
enum SystemDatabase {
    MASTER,
    MODEL,
    MSDB,
    TEMPDB;

    private static @Nullable SystemDatabase of(String name) {
        for (SystemDatabase system : values()) {
            if (system.name().equalsIgnoreCase(name)) {
                return system;
            }
        }
        return null;
    }

    /**
     * Refuses what cannot be restored to a system database.
     *
     * @param target name of the database to restore to
     * @param held name of the database in the set
     */
    static void check(String target, String held) throws JobException {
        SystemDatabase system = of(target);
        if (system == null) {
            return;
        }
        switch (system) {
            case TEMPDB ->
                    throw new JobException(
                            "tempdb cannot be restored: the server makes it anew at every start");
            case MASTER ->
                    throw new JobException(
                            "master is restored only while the instance runs in single-user mode,"
                                    + " and the instance shuts down at the end of it, so that"
                                    + " nobody could tell how it ended; restore it as Microsoft's"
                                    + " \"Restore the master database\" says, or under another"
                                    + " name to copy from it what is needed");
            case MODEL, MSDB -> {
                if (!target.equalsIgnoreCase(held)) {
                    throw new JobException(
                            ("%s is the server's own, and the set holds \"%s\", which cannot take"
                                            + " its place; restore it under another name")
                                    .formatted(system.word(), held));
                }
            }
        }
    }

    /**
     * Refuses a backup of a system database that comes from another version (message 3168).
     *
     * @param made the first number of the version that made it; 0 where it is not told
     * @param server that of the server's own version; 0 where it is not told
     */
    static void checkVersion(String target, RestoreStep step, int made, int server)
            throws JobException {
        SystemDatabase system = of(target);
        if (system != null && made > 0 && server > 0 && made != server) {
            throw new JobException(
                    ("%s was made by version %d of SQL Server, and the server is of version %d: %s"
                         + " is restored only on the version it comes from; restore it under"
                         + " another name to copy from it what is needed")
                            .formatted(step.folder(), made, server, system.word()));
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
