package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.MtfFormatException;
import dev.sluice.media.mtf.PageLayout;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;

import java.sql.SQLException;
import java.util.Locale;

/** The server's messages: SQL Server's numbers, our words. */
final class Messages {

    private Messages() {}

    private static SqlMessage error(int number, int severity, String text) {
        return new SqlMessage(number, severity, 1, text);
    }

    private static StatementException failure(int number, int severity, String text) {
        return new StatementException(error(number, severity, text));
    }

    static StatementException syntax(String near, int line, int column, String wanted) {
        String where = near.isEmpty() ? "the end of the statement" : "'" + near + "'";
        String hint = wanted.isEmpty() ? "" : " " + wanted + " is expected here.";
        return failure(
                102,
                15,
                "Incorrect syntax near %s (line %d, column %d).%s"
                        .formatted(where, line, column, hint));
    }

    static StatementException quoteNotClosed(String content, int line, int column) {
        return failure(
                105,
                15,
                "Unclosed quotation mark before '%s' (line %d, column %d)."
                        .formatted(content, line, column));
    }

    static StatementException commentNotClosed(int line, int column) {
        return failure(
                113,
                15,
                "Missing end comment mark '*/' for the comment at line %d, column %d."
                        .formatted(line, column));
    }

    static StatementException unknownOption(Token token, String verb) {
        return failure(
                155,
                15,
                "'%s' is not a %s option that this server knows (line %d, column %d)."
                        .formatted(token.text(), verb, token.line(), token.column()));
    }

    static StatementException badOption(String reason) {
        return failure(153, 15, "Invalid usage in the statement: " + reason + ".");
    }

    static StatementException conflict(String option, String other) {
        return failure(
                3031,
                16,
                "Option '%s' conflicts with option '%s'. Remove one of them."
                        .formatted(option, other));
    }

    static StatementException notSupported(String option, String why) {
        return failure(
                3032,
                16,
                "The option (%s) is not supported for this statement: %s.".formatted(option, why));
    }

    static StatementException noCompression() {
        return failure(
                1844,
                16,
                "BACKUP WITH COMPRESSION is not supported on this server, which compresses nothing."
                        + " Leave the option out, or use NO_COMPRESSION.");
    }

    static StatementException noLogRestore() {
        return failure(
                3117,
                16,
                "The log backup cannot be restored because no database is ready to roll forward:"
                        + " the recovery model of this server's databases is SIMPLE.");
    }

    static SqlMessage shutDown() {
        return error(6005, 14, "The server is shutting down and accepts no statement.");
    }

    static SqlMessage internal(Throwable cause) {
        return error(
                211, 20, "The statement failed for a reason the server does not know: " + cause);
    }

    static StatementException unknownDatabase(String name) {
        return failure(
                911,
                16,
                "Database '%s' does not exist. Make sure that the name is entered correctly."
                        .formatted(name));
    }

    static StatementException isRestoring(String name) {
        return failure(
                927,
                14,
                "Database '%s' cannot be opened. It is in the middle of a restore."
                        .formatted(name));
    }

    static StatementException cannotOpen(String name, Exception cause) {
        String reason =
                cause instanceof SQLException sql && DataFiles.isOpenElsewhere(sql)
                        ? "Another process has its data file open; close that first."
                        : "The data file could not be opened: " + cause.getMessage();
        return new StatementException(
                error(5120, 16, "Database '%s' cannot be opened. %s".formatted(name, reason)),
                cause);
    }

    static StatementException databaseExists(String name) {
        return failure(
                1801,
                16,
                "Database '%s' already exists. Choose a different database name.".formatted(name));
    }

    static StatementException cannotCreate(String name, Exception cause) {
        return new StatementException(
                error(
                        1802,
                        16,
                        "CREATE DATABASE '%s' failed, its files could not be made: %s"
                                .formatted(name, cause.getMessage())),
                cause);
    }

    static StatementException cannotDropInUse(String name) {
        return failure(
                3702,
                16,
                "Cannot drop database \"%s\" because it is currently in use.".formatted(name));
    }

    static StatementException cannotDrop(String name, Exception cause) {
        return new StatementException(
                error(
                        3701,
                        16,
                        "Cannot drop database '%s', its files could not be removed: %s"
                                .formatted(name, cause.getMessage())),
                cause);
    }

    static StatementException notSerialized(String name) {
        return failure(
                3023,
                16,
                "Another BACKUP, RESTORE, CREATE or DROP runs on database '%s'; such operations on"
                                .formatted(name)
                        + " one database must be serialized. Issue the statement again when that"
                        + " one is over.");
    }

    static SqlMessage percent(int percent) {
        return new SqlMessage(SqlMessage.PERCENT_PROCESSED, 0, 1, percent + " percent processed.");
    }

    static SqlMessage terminated(String verb) {
        return error(SqlMessage.TERMINATED_ABNORMALLY, 16, verb + " is terminating abnormally.");
    }

    static SqlMessage pagesProcessed(long pages, String database) {
        return new SqlMessage(
                4035,
                0,
                1,
                "Processed %d pages for database '%s', file '%s' on file 1."
                        .formatted(pages, database, database));
    }

    static SqlMessage backupDone(BackupType type, long pages, Stopwatch watch) {
        return succeeded(
                type == BackupType.DIFFERENTIAL
                        ? "BACKUP DATABASE WITH DIFFERENTIAL"
                        : "BACKUP DATABASE",
                pages,
                watch);
    }

    private static SqlMessage succeeded(String verb, long pages, Stopwatch watch) {
        long millis = watch.millis();
        return new SqlMessage(
                SqlMessage.SUCCEEDED,
                0,
                1,
                String.format(
                        Locale.ROOT,
                        "%s successfully processed %d pages in %d.%03d seconds (%.3f MB/sec).",
                        verb,
                        pages,
                        millis / 1000,
                        millis % 1000,
                        pages * (double) PageLayout.SIZE / (1 << 20) * 1000 / millis));
    }

    static StatementException noLogBackup(String database) {
        return failure(
                4208,
                16,
                "BACKUP LOG is not allowed for database '%s' while its recovery model is SIMPLE."
                                .formatted(database)
                        + " Use BACKUP DATABASE.");
    }

    static StatementException noBase(String database) {
        return failure(
                3035,
                16,
                "Cannot perform a differential backup for database '%s', because a current full"
                                .formatted(database)
                        + " backup does not exist. Perform a full backup first, by BACKUP DATABASE"
                        + " without the WITH DIFFERENTIAL option.");
    }

    static StatementException sourceFailed(String database, Exception cause) {
        return new StatementException(
                error(
                        3203,
                        16,
                        "Read on the data file of database '%s' failed: %s"
                                .formatted(database, cause.getMessage())),
                cause);
    }

    static StatementException cannotOpenDevice(String device, VdiException cause) {
        return new StatementException(
                error(
                        3201,
                        16,
                        "Cannot open backup device '%s'. Device error 0x%08X (%s): no client holds a"
                                        .formatted(device, cause.hresult(), cause.getMessage())
                                + " virtual device set of this name; it must be created before the"
                                + " statement is sent."),
                cause);
    }

    static StatementException deviceCountDiffers(String device, int named, int created) {
        return failure(
                3201,
                16,
                "Cannot open backup device '%s'. The statement names %d virtual devices, the set was"
                                .formatted(device, named)
                        + " created with %d.".formatted(created));
    }

    static StatementException notLikePipe(String device, int features) {
        return failure(
                3201,
                16,
                "Cannot open backup device '%s'. Its features 0x%X are not pipe-like, and this server"
                                .formatted(device, features)
                        + " writes to pipe-like devices only.");
    }

    static StatementException outOfMemory(String device, int count, int size) {
        return failure(
                701,
                17,
                "There is not enough memory for %d buffers of %d bytes for device '%s'. Use a smaller"
                                .formatted(count, size, device)
                        + " BUFFERCOUNT or MAXTRANSFERSIZE.");
    }

    static StatementException deviceFailed(String device, VdiException cause) {
        return new StatementException(
                error(
                        18210,
                        16,
                        "The virtual device set '%s' failed: %s."
                                .formatted(device, cause.getMessage())),
                cause);
    }

    static StatementException deviceFailed(DeviceFailure failure) {
        CompletionCode code = CompletionCode.of(failure.code());
        String error = "Operating system error %d(%s)".formatted(failure.code(), code.symbol());
        if (code == CompletionCode.OPERATION_ABORTED) {
            return new StatementException(
                    error(
                            18210,
                            16,
                            "%s failure on backup device '%s'. %s: the virtual device set was aborted"
                                            .formatted(verb(failure), failure.device(), error)
                                    + " by either end; the client's log tells more."),
                    failure);
        }
        return new StatementException(
                error(
                        failure.command() == CommandCode.READ ? 3203 : 3202,
                        16,
                        "%s on '%s' failed: %s.".formatted(verb(failure), failure.device(), error)),
                failure);
    }

    private static String verb(DeviceFailure failure) {
        return switch (failure.command()) {
            case READ -> "Read";
            case WRITE -> "Write";
            case FLUSH -> "Flush";
            case COMPLETE -> "Complete";
            default -> failure.command().name();
        };
    }

    static SqlMessage restoreDone(long pages, Stopwatch watch) {
        return succeeded("RESTORE DATABASE", pages, watch);
    }

    static SqlMessage verified() {
        return new SqlMessage(3262, 0, 1, "The backup set on file 1 is valid.");
    }

    static StatementException noSuchFile(int file, String device) {
        return failure(
                3287,
                16,
                "The file ID %d on device '%s' is not valid: a virtual device holds one backup set."
                        .formatted(file, device));
    }

    static StatementException inUse(String database) {
        return failure(
                3101,
                16,
                "Exclusive access could not be obtained because database '%s' is in use. Close its"
                                .formatted(database)
                        + " connections first.");
    }

    static StatementException otherDatabase(String database, String inSet) {
        return failure(
                3154,
                16,
                "The backup set holds a backup of a database other than the existing '%s' database:"
                                .formatted(database)
                        + " one of '%s'. Use WITH REPLACE to overwrite it.".formatted(inSet));
    }

    static StatementException nothingToRollForward(String database) {
        return failure(
                3117,
                16,
                "The differential backup cannot be restored because no files of database '%s' are"
                                .formatted(database)
                        + " ready to roll forward. Restore its full backup WITH NORECOVERY first.");
    }

    static StatementException differentialDoesNotFit() {
        return failure(
                3136,
                16,
                "This differential backup cannot be restored because the database has not been"
                        + " restored to the correct earlier state: it is based on another full"
                        + " backup.");
    }

    static StatementException recoveryFailed(SQLException cause) {
        return new StatementException(
                error(
                        3414,
                        21,
                        "The restored database could not be recovered: " + cause.getMessage()),
                cause);
    }

    static StatementException targetFailed(String database, Exception cause) {
        return new StatementException(
                error(
                        3634,
                        16,
                        "The restore of database '%s' failed on its files: %s"
                                .formatted(database, cause.getMessage())),
                cause);
    }

    static StatementException incorrectlyFormed(String device, String why) {
        return failure(
                3241,
                16,
                "The media family on device '%s' is incorrectly formed: %s."
                        .formatted(device, why));
    }

    static StatementException notOurs(String device) {
        return failure(
                3242,
                16,
                "The backup set on device '%s' holds no database of this server."
                        .formatted(device));
    }

    static StatementException damaged(String device, MtfFormatException fault) {
        return failure(
                3183,
                16,
                "An error was detected in the backup set on device '%s': %s."
                        .formatted(device, fault.getMessage()));
    }

    static StatementException foreignFamily(
            String device, BackupHeader.Media found, BackupHeader.Media expected) {
        return failure(
                3256,
                16,
                "The device '%s' holds a family of media set %s, the other devices of %s. All devices"
                                .formatted(device, found.mediaSet(), expected.mediaSet())
                        + " of a RESTORE must belong to one backup.");
    }

    static StatementException familiesMissing(
            String device, BackupHeader.Media media, int devices) {
        return failure(
                3132,
                16,
                "The media set on device '%s' has %d media families, but %d are provided. All of them"
                                .formatted(device, media.families(), devices)
                        + " must be provided.");
    }

    static StatementException familyTwice(String device, BackupHeader.Media media) {
        return failure(
                3227,
                16,
                "The device '%s' holds media family %d, which another device holds as well."
                        .formatted(device, media.family()));
    }

    static StatementException notAFileOfTheDatabase(String logicalName) {
        return failure(
                3234,
                16,
                "Logical file '%s' is not part of the database, which has one file. Use RESTORE"
                                .formatted(logicalName)
                        + " FILELISTONLY to list the logical file names.");
    }

    static StatementException badPath(String path, String why) {
        return failure(
                5133, 16, "The data file cannot be moved to \"%s\": %s.".formatted(path, why));
    }

    static StatementException fileExists(String path) {
        return failure(
                1834,
                16,
                "The file '%s' cannot be overwritten. Choose another path for the MOVE option."
                        .formatted(path));
    }
}
