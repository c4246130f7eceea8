package dev.sluice.job;

import dev.sluice.sql.DatabaseInfo;

import java.util.List;

/** Finds databases among those a server lists. */
final class Databases {

    private Databases() {}

    /**
     * The database of this name.
     *
     * @throws JobException when the server has none
     */
    static DatabaseInfo named(String name, List<DatabaseInfo> databases) throws JobException {
        for (DatabaseInfo database : databases) {
            if (database.name().equals(name)) {
                return database;
            }
        }
        List<String> known = databases.stream().map(DatabaseInfo::name).toList();
        throw new JobException(
                String.valueOf(new UnknownNameException("database", name, known).getMessage()));
    }
}
