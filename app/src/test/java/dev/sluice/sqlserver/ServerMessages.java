package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.tds.Message;
import dev.sluice.vdi.protocol.CommandCode;

import java.util.List;
import java.util.Locale;

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

    static StatementFailed stopAmongBulkLogged() {
        return new StatementFailed(
                error(
                        4341,
                        "This log backup contains bulk-logged changes. It cannot be used to stop at"
                                + " an arbitrary point in time."));
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

    static StatementFailed notSupported(String option) {
        return new StatementFailed(
                error(
                        3032,
                        "One or more of the options (%s) are not supported for this statement. Review the documentation for supported options."
                                .formatted(option.toLowerCase(Locale.ROOT))));
    }

    static StatementFailed conflict(String option, String other) {
        return new StatementFailed(
                error(
                        3031,
                        "Option '%s' conflicts with option(s) '%s'. Remove the conflicting option and reissue the statement."
                                .formatted(
                                        option.toLowerCase(Locale.ROOT),
                                        other.toLowerCase(Locale.ROOT))));
    }

    static StatementFailed noPowerOfTwo() {
        return new StatementFailed(
                error(3253, "The block size parameter must supply a value that is a power of 2."));
    }

    static StatementFailed invalidValue(String parameter) {
        return new StatementFailed(
                error(3217, "Invalid value specified for %s parameter.".formatted(parameter)));
    }

    static StatementFailed stopOfLogs() {
        return new StatementFailed(
                error(
                        4340,
                        "The point-in-time clause of this RESTORE statement is restricted for use"
                                + " by RESTORE LOG statements only. Omit the clause or use a clause"
                                + " that includes a timestamp."));
    }

    /** The batch is not run at all. */
    static StatementFailed syntax(String near) {
        return new StatementFailed(
                new Message(102, 15, 1, "Incorrect syntax near '%s'.".formatted(near)));
    }

    static StatementFailed noMember(String file, String database) {
        return new StatementFailed(
                error(
                        3235,
                        "The file \"%s\" is not part of database \"%s\". You can only list files that are members of this database."
                                .formatted(file, database)));
    }

    static StatementFailed noFilegroup(String filegroup, String database) {
        return new StatementFailed(
                error(
                        3027,
                        "The filegroup \"%s\" is not part of database \"%s\"."
                                .formatted(filegroup, database)));
    }

    static StatementFailed notOnline(ServerFile file) {
        return new StatementFailed(
                error(
                        3007,
                        "The backup of the file or filegroup \"%s\" is not permitted because it is not online. Container state: \"%s\" (%d). Restore status: 0. BACKUP can be performed by using the FILEGROUP or FILE clauses to restrict the selection to include only online data."
                                .formatted(file.name, file.state, file.state.number)));
    }

    static StatementFailed primaryUnderSimple() {
        return new StatementFailed(
                error(
                        3004,
                        "The primary filegroup cannot be backed up as a file backup because the"
                                + " database is using the SIMPLE recovery model. Consider taking a"
                                + " partial backup by specifying READ_WRITE_FILEGROUPS."));
    }

    static StatementFailed noFileBase(String file) {
        return new StatementFailed(
                error(
                        3039,
                        "Cannot perform a differential backup for file '%s' because a current file backup does not exist. Reissue BACKUP DATABASE omitting the WITH DIFFERENTIAL option."
                                .formatted(file)));
    }

    static StatementFailed inaccessible(String name) {
        return new StatementFailed(
                new Message(
                        945,
                        14,
                        2,
                        "Database '%s' cannot be opened due to inaccessible files or insufficient memory or disk space.  See the SQL Server errorlog for details."
                                .formatted(name)));
    }

    static StatementFailed suspect(String name) {
        return new StatementFailed(
                new Message(
                        926,
                        14,
                        1,
                        "Database '%s' cannot be opened. It has been marked SUSPECT by recovery. See the SQL Server errorlog for more information."
                                .formatted(name)));
    }

    static StatementFailed partialWithoutPrimary() {
        return new StatementFailed(
                error(
                        3103,
                        "A partial restore sequence cannot be initiated by this command. To"
                            + " initiate a partial restore sequence, use the WITH PARTIAL clause of"
                            + " the RESTORE statement and provide a backup set which includes a"
                            + " full copy of at least the primary data file. The WITH PARTIAL"
                            + " clause of the RESTORE statement may not be used for any other"
                            + " purpose."));
    }

    static StatementFailed notInBackup(String file, String device) {
        return new StatementFailed(
                error(
                        3144,
                        "File '%s' was not backed up in file 1 on device '%s'. The file cannot be restored from this backup set."
                                .formatted(file, device)));
    }

    static StatementFailed noFilegroupInBackup(String filegroup) {
        return new StatementFailed(
                error(
                        3190,
                        "Filegroup '%s' cannot be restored because it does not exist in the backup set."
                                .formatted(filegroup)));
    }

    static StatementFailed cannotMove(String file) {
        return new StatementFailed(
                error(
                        3174,
                        "The file '%s' cannot be moved by this RESTORE operation."
                                .formatted(file)));
    }

    static StatementFailed simpleSubset() {
        return new StatementFailed(
                error(
                        3115,
                        "The database is using the simple recovery model. It is not possible to"
                                + " restore a subset of the read-write data."));
    }

    static StatementFailed fileInOtherState(String file) {
        return new StatementFailed(
                error(
                        3178,
                        "File %s is not in the correct state to have this differential backup applied to it."
                                .formatted(file)));
    }

    static StatementFailed otherPath() {
        return new StatementFailed(
                error(
                        4330,
                        "This backup set cannot be applied because it is on a recovery path that is"
                            + " inconsistent with the database. The recovery path is the sequence"
                            + " of data and log backups that have brought the database to a"
                            + " particular recovery point. Find a compatible backup to restore, or"
                            + " restore the rest of the database to match a recovery point within"
                            + " this backup set, which will restore the database to a different"
                            + " point in time.  For more information about recovery paths, see SQL"
                            + " Server Books Online."));
    }

    static StatementFailed alreadyRecovered() {
        return new StatementFailed(error(3153, "The database is already fully recovered."));
    }

    static StatementFailed invalidMark() {
        return new StatementFailed(error(4334, "The named mark does not identify a valid LSN."));
    }

    static StatementFailed otherBlockSize(String device, int blockSize) {
        return new StatementFailed(
                error(
                        3284,
                        "Filemark on device '%s' is not aligned. Re-issue the Restore statement with the same blocksize used to create the backupset: '%d' looks like a possible value."
                                .formatted(device, blockSize)));
    }

    static StatementFailed newerDatabase(int made, int here) {
        return new StatementFailed(
                error(
                        3169,
                        "The database was backed up on a server running database version %d. That version is incompatible with this server, which supports version %d. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server."
                                .formatted(made, here)));
    }

    /** What was restored is not enough: the statement succeeds, and the data stays closed. */
    static List<Message> needsMore(Lsn reached, Lsn wanted) {
        return List.of(
                info(
                        4303,
                        "The roll forward start point is now at log sequence number (LSN) %s. Additional roll forward past LSN %s is required to complete the restore sequence."
                                .formatted(reached, wanted)),
                info(
                        4339,
                        "This RESTORE statement successfully performed some actions, but the"
                            + " database could not be brought online because one or more RESTORE"
                            + " steps are needed. Previous messages indicate reasons why recovery"
                            + " cannot occur at this point."));
    }

    static Message fileIsMissing(String filegroup, String file) {
        return info(
                3175,
                "RESTORE FILEGROUP=\"%s\" was specified, but not all of its files are present in the backup set. File \"%s\" is missing. RESTORE will continue, but if you want all files to be restored, you must restore other backup sets."
                        .formatted(filegroup, file));
    }

    static StatementFailed notFullyRestored(String file) {
        return new StatementFailed(
                error(
                        4320,
                        "The file \"%s\" was not fully restored by a database or file restore. The entire file must be successfully restored before applying this backup set."
                                .formatted(file)));
    }

    static StatementFailed logNotRestored() {
        return new StatementFailed(
                error(4333, "The database cannot be recovered because the log was not restored."));
    }

    static StatementFailed noCertificate(String thumbprint) {
        return new StatementFailed(
                new Message(
                        33111,
                        16,
                        3,
                        "Cannot find server certificate with thumbprint '0x%s'."
                                .formatted(thumbprint)));
    }
}
