package dev.sluice.job;

import dev.sluice.sql.DatabaseInfo;
import dev.sluice.words.Told;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds databases among those a server lists. */
final class Databases {

    private Databases() {}

    /**
     * The database of this name.
     *
     * @throws JobException when the server has none
     */
    static DatabaseInfo named(String name, List<DatabaseInfo> databases) throws JobException {
        Optional<DatabaseInfo> found = find(name, databases);
        if (found.isEmpty()) {
            throw new JobException(unknown(name, databases));
        }
        return found.get();
    }

    private static Told unknown(String name, List<DatabaseInfo> databases) {
        List<String> known = databases.stream().map(DatabaseInfo::name).toList();
        List<String> near = NearNames.of(name, known);
        if (!near.isEmpty()) {
            return Told.of("refused.noDatabase.near", name, String.join(", ", near));
        }
        return known.isEmpty()
                ? Told.of("refused.noDatabase.none", name)
                : Told.of("refused.noDatabase.known", name, String.join(", ", known));
    }

    /** A state in the server's own word, as far as it is known. */
    static Told inWords(DatabaseInfo.State state) {
        return state == DatabaseInfo.State.UNKNOWN
                ? Told.of("state.unknown")
                : Told.asIs(state.name());
    }

    /**
     * The database of exactly this name, for what changes it.
     *
     * @throws JobException when there is one whose name the server might take for the same, by its
     *     rules for capitals, accents, width and blanks: whether it does, only the server knows
     */
    static Optional<DatabaseInfo> exactly(String name, List<DatabaseInfo> databases)
            throws JobException {
        Optional<DatabaseInfo> found = present(name, databases);
        if (found.isPresent()) {
            return found;
        }
        for (DatabaseInfo database : databases) {
            if (isNear(database.name(), name)) {
                throw new JobException(Told.of("refused.nearName", database.name(), name));
            }
        }
        return Optional.empty();
    }

    private static boolean isNear(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** The database of exactly this name. */
    static Optional<DatabaseInfo> present(String name, List<DatabaseInfo> databases) {
        return databases.stream().filter(database -> database.name().equals(name)).findFirst();
    }

    /** The database of exactly this name, otherwise the one whose name differs only in case. */
    static Optional<DatabaseInfo> find(String name, List<DatabaseInfo> databases) {
        return present(name, databases)
                .or(
                        () ->
                                databases.stream()
                                        .filter(other -> other.name().equalsIgnoreCase(name))
                                        .findFirst());
    }
}
