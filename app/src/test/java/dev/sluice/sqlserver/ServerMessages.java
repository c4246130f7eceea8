package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.tds.Message;
import dev.sluice.vdi.protocol.CommandCode;

/** SQL Server's messages, in the words of its documentation. */
final class ServerMessages {

    private ServerMessages() {}

    private static Message error(int number, String text) {
        return new Message(number, 16, 1, text);
    }

    /** Severity 10 of the documentation travels as 0. */
    private static Message info(int number, String text) {
        return new Message(number, 0, 1, text);
    }

    static Message percent(int percent) {
        return info(3211, percent + " percent processed.");
    }

    static Message pages(BackupHeader.DatabaseFile file, String database) {
        return info(
                4035,
                "Processed %d pages for database '%s', file '%s' on file 1."
                        .formatted(file.pages(), database, file.logicalName()));
    }

    static Message succeeded(String verb, long pages) {
        return info(
                3014,
                "%s successfully processed %d pages in 0.250 seconds (%d.%03d MB/sec)."
                        .formatted(verb, pages, pages / 32, pages % 32 * 1000 / 32));
    }

    static Message terminated(String verb) {
        return error(3013, verb + " is terminating abnormally.");
    }

    static Message aborted() {
        return error(3204, "The backup or restore was aborted.");
    }

    static Message valid() {
        return info(3262, "The backup set on file 1 is valid.");
    }

    static StatementFailed noDatabase(String name) {
        return new StatementFailed(
                error(
                        911,
                        "Database '%s' does not exist. Make sure that the name is entered correctly."
                                .formatted(name)));
    }

    static StatementFailed restoring(String name) {
        return new StatementFailed(
                new Message(
                        927,
                        14,
                        2,
                        "Database '%s' cannot be opened. It is in the middle of a restore."
                                .formatted(name)));
    }

    static StatementFailed standby(String name) {
        return new StatementFailed(
                error(
                        3036,
                        "The database \"%s\" is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed."
                                .formatted(name)));
    }

    static StatementFailed simpleModel() {
        return new StatementFailed(
                error(
                        4208,
                        "The statement BACKUP LOG is not allowed while the recovery model is"
                                + " SIMPLE. Use BACKUP DATABASE or change the recovery model using"
                                + " ALTER DATABASE."));
    }

    static StatementFailed noLogChain() {
        return new StatementFailed(
                error(
                        4214,
                        "BACKUP LOG cannot be performed because there is no current database"
                                + " backup."));
    }

    static StatementFailed noBase(String name) {
        return new StatementFailed(
                error(
                        3035,
                        "Cannot perform a differential backup for database \"%s\", because a current database backup does not exist. Perform a full database backup by reissuing BACKUP DATABASE, omitting the WITH DIFFERENTIAL option."
                                .formatted(name)));
    }

    static StatementFailed cannotOpen(String device, int hresult) {
        return new StatementFailed(
                error(
                        3201,
                        "Cannot open backup device '%s'. Operating system error %s."
                                .formatted(device, systemError(hresult))));
    }

    /** A command was answered with a Win32 code, or never. */
    static StatementFailed deviceFailed(String device, CommandCode command, int code) {
        String system = systemError(code);
        return new StatementFailed(
                switch (command) {
                    case WRITE ->
                            error(3202, "Write on \"%s\" failed: %s".formatted(device, system));
                    case READ -> error(3203, "Read on \"%s\" failed: %s".formatted(device, system));
                    default ->
                            error(
                                    18210,
                                    "BackupVirtualDeviceFile::RequestDurableMedia: Flush failure on backup device '%s'. Operating system error %s."
                                            .formatted(device, system));
                });
    }

    private static String systemError(int code) {
        return switch (code) {
            case 38 -> "38(Reached the end of the file.)";
            case 112 -> "112(There is not enough space on the disk.)";
            case 995 ->
                    "995(The I/O operation has been aborted because of either a thread exit or an"
                            + " application request.)";
            default ->
                    "%s(failed to retrieve text for this error. Reason: 15105)"
                            .formatted(code < 0 ? "0x%08x".formatted(code) : code);
        };
    }

    static StatementFailed malformed(String device) {
        return new StatementFailed(
                error(
                        3241,
                        "The media family on device '%s' is incorrectly formed. SQL Server cannot process this media family."
                                .formatted(device)));
    }

    static StatementFailed familiesMissing(int families, int provided) {
        return new StatementFailed(
                error(
                        3132,
                        "The media set has %d media families but only %d are provided. All members must be provided."
                                .formatted(families, provided)));
    }

    static StatementFailed standbyNeedsUpgrade() {
        return new StatementFailed(
                error(
                        3180,
                        "This backup cannot be restored using WITH STANDBY because a database"
                                + " upgrade is needed. Reissue the RESTORE without WITH STANDBY."));
    }

    static StatementFailed noChecksums() {
        return new StatementFailed(
                error(
                        3187,
                        "RESTORE WITH CHECKSUM cannot be specified because the backup set does not"
                                + " contain checksum information."));
    }

    static StatementFailed otherDatabase(String name) {
        return new StatementFailed(
                error(
                        3154,
                        "The backup set holds a backup of a database other than the existing '%s' database."
                                .formatted(name)));
    }

    static StatementFailed tailNotSaved(String name) {
        return new StatementFailed(
                error(
                        3159,
                        "The tail of the log for the database \"%s\" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log."
                                .formatted(name)));
    }

    static StatementFailed inUse() {
        return new StatementFailed(
                error(
                        3101,
                        "Exclusive access could not be obtained because the database is in use."));
    }

    static StatementFailed wrongKind(String kind) {
        return new StatementFailed(
                error(
                        3135,
                        "The backup set in file '1' was created by %s and cannot be used for this restore operation."
                                .formatted(kind)));
    }

    static StatementFailed noDatabaseToContinue(String name) {
        return new StatementFailed(
                error(
                        3118,
                        "The database \"%s\" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file."
                                .formatted(name)));
    }

    static StatementFailed notReady() {
        return new StatementFailed(
                error(
                        3117,
                        "The log or differential backup cannot be restored because no files are"
                                + " ready to rollforward."));
    }

    static StatementFailed otherBase() {
        return new StatementFailed(
                error(
                        3136,
                        "This differential backup cannot be restored because the database has not"
                                + " been restored to the correct earlier state."));
    }

    static StatementFailed tooRecent(Lsn begins, Lsn reached) {
        return new StatementFailed(
                error(
                        4305,
                        "The log in this backup set begins at LSN %s, which is too recent to apply to the database. An earlier log backup that includes LSN %s can be restored."
                                .formatted(begins, reached)));
    }

    static StatementFailed tooEarly(Lsn ends, Lsn reached) {
        return new StatementFailed(
                error(
                        4326,
                        "The log in this backup set terminates at LSN %s, which is too early to apply to the database. A more recent log backup that includes LSN %s can be restored."
                                .formatted(ends, reached)));
    }

    static StatementFailed stopBeforeThisSet() {
        return new StatementFailed(
                error(
                        4338,
                        "The STOPAT clause specifies a point too early to allow this backup set to"
                            + " be restored. Choose a different stop point or use RESTORE DATABASE"
                            + " WITH RECOVERY to recover at the current point."));
    }

    static StatementFailed stopPassed() {
        return new StatementFailed(
                error(
                        4335,
                        "The specified STOPAT time is too early. All or part of the database is"
                                + " already rolled forward beyond that point."));
    }

    static Message stopNotReached() {
        return info(
                4322,
                "This backup set contains records that were logged before the designated point in"
                    + " time. The database is being left in the restoring state so that more roll"
                    + " forward can be performed.");
    }

    static Message markNotReached() {
        return info(
                4329,
                "This log file contains records logged before the designated mark. The database is"
                        + " being left in the Restoring state so you can apply another log file.");
    }

    static StatementFailed noSuchFile(String logicalName, String database) {
        return new StatementFailed(
                error(
                        3234,
                        "Logical file '%s' is not part of database '%s'. Use RESTORE FILELISTONLY to list the logical file names."
                                .formatted(logicalName, database)));
    }

    /** Message 1834: another database has the file. */
    static StatementFailed fileInUse(String logicalName, String path, String owner) {
        return new StatementFailed(
                error(
                        1834,
                        "The file '%s' cannot be overwritten.  It is being used by database '%s'."
                                .formatted(path, owner)),
                cannotRestoreTo(logicalName, path),
                planning());
    }

    /** Message 5133: there is no such folder. */
    static StatementFailed noFolder(String logicalName, String path) {
        return new StatementFailed(
                error(
                        5133,
                        "Directory lookup for the file \"%s\" failed with the operating system error 2(The system cannot find the file specified.)."
                                .formatted(path)),
                cannotRestoreTo(logicalName, path),
                planning());
    }

    private static Message cannotRestoreTo(String logicalName, String path) {
        return error(
                3156,
                "File '%s' cannot be restored to '%s'. Use WITH MOVE to identify a valid location for the file."
                        .formatted(logicalName, path));
    }

    private static Message planning() {
        return error(
                3119,
                "Problems were identified while planning for the RESTORE statement. Previous"
                        + " messages provide details.");
    }

    static StatementFailed cannotAlter(String name) {
        return new StatementFailed(
                new Message(
                        5011,
                        14,
                        5,
                        "User does not have permission to alter database '%s', the database does not exist, or the database is not in a state that allows access checks."
                                .formatted(name)),
                error(5069, "ALTER DATABASE statement failed."));
    }

    static StatementFailed cannotAlterInState(String state) {
        return new StatementFailed(
                error(
                        5052,
                        "ALTER DATABASE is not permitted while a database is in the %s state."
                                .formatted(state)),
                error(5069, "ALTER DATABASE statement failed."));
    }
}
