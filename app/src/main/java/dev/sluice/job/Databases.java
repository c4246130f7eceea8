package dev.sluice.job;

import dev.sluice.sql.DatabaseInfo;

import java.util.List;
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

    /** The database of exactly this name, otherwise the one whose name differs only in case. */
    static Optional<DatabaseInfo> find(String name, List<DatabaseInfo> databases) {
        return databases.stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .or(
                        () ->
                                databases.stream()
                                        .filter(other -> other.name().equalsIgnoreCase(name))
                                        .findFirst());
    }
}
