package dev.sluice.job;

import dev.sluice.media.Manifest;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Whose backup a set is.
 *
 * @param server name of the server it was taken from
 * @param database name of the database
 * @param type as {@link RunRecord#type} has it; null while unknown
 */
record SetOwner(String server, String database, @Nullable String type) {

    static SetOwner of(Manifest manifest) {
        return new SetOwner(
                manifest.server(), manifest.database(), manifest.type().word(manifest.scope()));
    }

    static SetOwner of(RunRecord backup) {
        return new SetOwner(backup.server(), backup.database(), backup.type());
    }

    /** As the folders around it are called, where nothing else tells: server, database, set. */
    static SetOwner byFolders(Path set) {
        Path database = set.getParent();
        Path server = database == null ? null : database.getParent();
        return new SetOwner(name(server), name(database), null);
    }

    private static String name(@Nullable Path folder) {
        Path name = folder == null ? null : folder.getFileName();
        return name == null ? "" : name.toString();
    }
}
