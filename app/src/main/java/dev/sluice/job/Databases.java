package dev.sluice.job;

import dev.sluice.sql.DatabaseInfo;

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
            List<String> known = databases.stream().map(DatabaseInfo::name).toList();
            throw new JobException(
                    String.valueOf(new UnknownNameException("database", name, known).getMessage()));
        }
        return found.get();
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
                throw new JobException(
                        ("there is a database \"%s\", which the server may take for \"%s\"; name it"
                                        + " exactly as it is, or choose a name that is not so near")
                                .formatted(database.name(), name));
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
