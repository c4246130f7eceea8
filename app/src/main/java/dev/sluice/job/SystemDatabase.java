package dev.sluice.job;

import dev.sluice.sql.ServerFacts;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The numbers that backups tell, too: the fourth, they do not. */
    private static final Pattern BUILD = Pattern.compile("^(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");

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
            case TEMPDB -> throw new JobException(Told.of("refused.tempdb"));
            case MASTER -> throw new JobException(Told.of("refused.master"));
            case MODEL, MSDB -> {
                if (!target.equalsIgnoreCase(held)) {
                    throw new JobException(Told.of("refused.systemDatabase", system.word(), held));
                }
            }
        }
    }

    /**
     * Refuses a backup of a system database that comes from another build of the server: an update
     * of the same version may have changed these databases (message 3168).
     */
    static void checkBuild(String target, RestoreStep step, ServerFacts server)
            throws JobException {
        SystemDatabase system = of(target);
        String made = step.contents().build();
        Matcher here = BUILD.matcher(server.version());
        if (system == null || made == null || !here.find() || made.equals(build(here))) {
            return;
        }
        throw new JobException(
                Told.of("refused.otherBuild", step.folder(), made, build(here), system.word()));
    }

    /** Zeros that lead mean nothing. */
    private static String build(Matcher version) {
        return "%d.%d.%d"
                .formatted(
                        Integer.parseInt(version.group(1)),
                        Integer.parseInt(version.group(2)),
                        Integer.parseInt(version.group(3)));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
