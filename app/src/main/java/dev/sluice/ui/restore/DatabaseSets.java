package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The backup sets of one database.
 *
 * @param server name of the server they were taken from
 * @param database name of the database
 * @param sets the newest first; those of a part of the database, too
 * @param doubted folders of those that did not pass their last verification
 * @param line those of the whole database, in time
 */
record DatabaseSets(
        String server, String database, List<BackupSet> sets, Set<Path> doubted, TimeLine line) {

    private static final Comparator<BackupSet> NEWEST_FIRST =
            Comparator.comparing((BackupSet set) -> set.manifest().started()).reversed();

    DatabaseSets {
        sets = List.copyOf(sets);
        doubted = Set.copyOf(doubted);
    }

    /** Puts what was found together by server and database, in the order of their names. */
    static List<DatabaseSets> of(KnownSets.Found found) {
        Map<String, List<BackupSet>> groups = new TreeMap<>();
        for (BackupSet set : found.sets()) {
            Manifest manifest = set.manifest();
            String key = manifest.server() + "\n" + manifest.database().toLowerCase(Locale.ROOT);
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(set);
        }
        return groups.values().stream().map(sets -> ofOne(sets, found)).toList();
    }

    private static DatabaseSets ofOne(List<BackupSet> sets, KnownSets.Found found) {
        sets.sort(NEWEST_FIRST);
        Manifest newest = sets.getFirst().manifest();
        Set<Path> doubted =
                sets.stream()
                        .filter(found::isDoubted)
                        .map(BackupSet::directory)
                        .collect(Collectors.toSet());
        return new DatabaseSets(
                newest.server(), newest.database(), sets, doubted, TimeLine.of(sets, doubted));
    }

    /** By the sets and the doubts: the line follows from them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatabaseSets that
                && server.equals(that.server)
                && database.equals(that.database)
                && sets.equals(that.sets)
                && doubted.equals(that.doubted);
    }

    @Override
    public int hashCode() {
        return Objects.hash(server, database, sets, doubted);
    }

    boolean isOf(String otherServer, String otherDatabase) {
        return server.equals(otherServer) && database.equalsIgnoreCase(otherDatabase);
    }

    boolean has(Path folder) {
        return sets.stream().anyMatch(set -> set.directory().equals(folder));
    }
}
