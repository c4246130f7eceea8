package dev.sluice.ui.restore;

import dev.sluice.sql.BackupType;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The backup set to restore from.
 *
 * @param folder the folder with manifest.json
 * @param server server it is restored to
 * @param database name of the database in it
 * @param type what it contains
 * @param taken when it was taken
 * @param bytes size of its streams
 * @param devices number of stripes
 */
public record RestoreSource(
        Path folder,
        String server,
        String database,
        BackupType type,
        Instant taken,
        long bytes,
        int devices) {}
