package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.RestoreStatement;

/** A statement the embedded server understands. */
sealed interface Statement {

    /** BACKUP DATABASE or BACKUP LOG. */
    record Backup(BackupStatement description) implements Statement {}

    /** RESTORE of any kind. */
    record Restore(RestoreStatement description) implements Statement {}

    /** CREATE DATABASE. */
    record CreateDatabase(String name) implements Statement {}

    /** DROP DATABASE. */
    record DropDatabase(String name) implements Statement {}
}
