package dev.sluice.job;

import dev.sluice.sql.SqlMessage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an error of the server means for a backup or restore, and what to do (Microsoft's reference
 * of events and errors).
 *
 * @param place how near it is to the cause
 * @param numbers of the messages that it is about
 * @param happened what probably happened, in sentences
 * @param whatToDo in sentences
 */
record ServerAdvice(Place place, Set<Integer> numbers, String happened, String whatToDo) {

    /** How near a message is to the cause; in this order messages are told. */
    enum Place {
        /** It says what is wrong. */
        CAUSE,
        /** A device failed; why, only the operating system's error in it tells. */
        DEVICE,
        /** It says that the statement failed, which follows from something else. */
        CONSEQUENCE
    }

    private static final List<ServerAdvice> TABLE =
            List.of(
                    // who may, and what there is
                    cause(
                            "The login has not the rights that the statement needs.",
                            "Over virtual devices the login must be a member of sysadmin.",
                            262,
                            916,
                            15247),
                    cause(
                            "The server could not ask Windows about the login's account: the"
                                + " account does not exist, or the domain cannot be reached or does"
                                + " not trust the service account.",
                            "Check the account and the connection to its domain, or use a login of"
                                    + " SQL Server's own.",
                            15404),
                    cause(
                            "The server has no database of this name.",
                            "Check the name of the database; the server lists those it has.",
                            911),
                    cause(
                            "The database is not open: it waits for a restore, is offline, or could"
                                    + " not be recovered.",
                            "Bring the database online, or finish restoring it; the server's error"
                                    + " log tells why it could not be opened.",
                            922,
                            927,
                            942,
                            945),
                    cause(
                            "Another backup, or a change of the database's files, runs already.",
                            "Run it again when that has ended.",
                            3023),
                    cause(
                            "This edition of SQL Server does not have what the statement asks for.",
                            "Leave the option out that the message names, or use another edition.",
                            1844,
                            3218),
                    cause(
                            "The database is encrypted (TDE), and this edition of SQL Server does"
                                    + " not have that.",
                            "Restore it on an Enterprise or Developer edition, or on a Standard or"
                                    + " Web one since SQL Server 2019.",
                            33117),
                    cause(
                            "The server has no memory left for the operation.",
                            "Ask for fewer buffers or for smaller transfers, or run it when the"
                                    + " server is less busy.",
                            701),
                    // what a backup builds on
                    cause(
                            "A differential backup builds on a full one, and there is none it could"
                                    + " build on.",
                            "Take a full backup of this database first.",
                            3035),
                    cause(
                            "The database is under the simple recovery model, which keeps no log.",
                            "Take a full or differential backup, or change its recovery model.",
                            4208),
                    cause(
                            "The log has no beginning to restore from: no full backup was taken"
                                    + " since the database has its recovery model.",
                            "Take a full backup of this database; log backups are possible after"
                                    + " it.",
                            4214),
                    cause(
                            "The database is a standby: restores go on, and it cannot be backed"
                                    + " up.",
                            "Back up the database it comes from, or end its restore WITH RECOVERY.",
                            3036),
                    cause(
                            "A page of the database is damaged: its checksum is wrong or it is"
                                    + " torn.",
                            "Run DBCC CHECKDB on the database, and keep the last backup that was"
                                    + " good.",
                            3043),
                    // what stands in a restore's way
                    cause(
                            "Somebody uses the database that is to be restored.",
                            "Close the connections that use the database, or have the restore close"
                                    + " them.",
                            3101),
                    cause(
                            "The session itself uses the database that is to be restored.",
                            "Give the login another default database, such as master.",
                            3102),
                    cause(
                            "There is a database of this name, of which this backup is not.",
                            "Allow the database to be replaced, or restore under another name.",
                            3141,
                            3154),
                    cause(
                            "The database has log that no backup has: what was done since the last"
                                    + " log backup would be lost.",
                            "Back up the tail of the log (WITH NORECOVERY) first, or allow the"
                                    + " database to be replaced if that work may be lost.",
                            3159,
                            3173),
                    cause(
                            "A file of the backup cannot be where the statement puts it.",
                            "Move the file to another place, where no other file is.",
                            3142,
                            3156,
                            3176),
                    cause(
                            "A file of another database is where this one's is to go.",
                            "Move the file to another name or folder.",
                            1834),
                    cause(
                            "The volume is too small for the database's files, which take their"
                                    + " whole size at once.",
                            "Make room on that volume, or move files to another one.",
                            3257),
                    cause(
                            "The server could not open or create a file of the database.",
                            "Use a folder that exists on the server and that its service account"
                                    + " may write to.",
                            5118,
                            5120,
                            5123,
                            5133),
                    cause(
                            "The backup is encrypted, or its database is (TDE), and this server"
                                    + " does not have the certificate or key.",
                            "Restore the certificate with its private key in master (CREATE"
                                    + " CERTIFICATE ... FROM FILE), then run it again.",
                            33111),
                    cause(
                            "The backup comes from a newer version of SQL Server than this one.",
                            "Restore it on a server of that version or a newer one.",
                            3169,
                            3255),
                    cause(
                            "The backup is of a system database (master, model or msdb), and was"
                                    + " made by another version of SQL Server: these are restored"
                                    + " only on exactly the version and update they come from.",
                            "Restore it on a server of the version in the message, or restore it"
                                    + " under another name to copy from it what is needed.",
                            3168),
                    // the order of restores
                    cause(
                            "The database does not wait for a restore: nothing was restored before,"
                                    + " or the last restore ended WITH RECOVERY.",
                            "Restore the full backup this one is based on WITH NORECOVERY first.",
                            3117,
                            3118),
                    cause(
                            "The differential backup builds on another full backup than the one"
                                    + " that was restored.",
                            "Restore the full backup this one is based on WITH NORECOVERY first.",
                            3136),
                    cause(
                            "A log backup is missing in between: this one begins later than the"
                                    + " database's log ends.",
                            "Restore the earlier log backup that includes the LSN in the message"
                                    + " first.",
                            4305),
                    cause(
                            "The log backup is too old: the database has all of it already.",
                            "Go on with the later log backup that includes the LSN in the message.",
                            4326),
                    cause(
                            "The database was restored to a point in time before, and this backup"
                                    + " belongs to the history it had without that.",
                            "Use backups of the same recovery path, or restore anew from a full"
                                    + " one.",
                            4330),
                    cause(
                            "The point in time lies before the end of what was restored already.",
                            "Choose a later point, or begin with an earlier full backup.",
                            4335,
                            4338),
                    // the media
                    cause(
                            "The backup has more devices than the statement names.",
                            "Give all stripes of the backup set.",
                            3132),
                    cause(
                            "A stripe is given twice, in the wrong place, or belongs to another"
                                    + " backup.",
                            "Verify the backup set, and give its own stripes.",
                            3227,
                            3231),
                    cause(
                            "The structure of the backup is not what this server reads: its"
                                    + " beginning is damaged, it is no backup of SQL Server, or a"
                                    + " newer version made it.",
                            "Verify the backup set. If it is whole, restore it on the version of"
                                    + " SQL Server that made it, or on a newer one.",
                            3241),
                    cause(
                            "The data is no backup of SQL Server, or it is damaged.",
                            "Verify the backup set; if it is damaged, use another.",
                            3143,
                            3208,
                            3242,
                            3243,
                            3254),
                    cause(
                            "The backup was damaged after it was written, or is incomplete.",
                            "Verify the backup set; if it is damaged, use another.",
                            3183,
                            3186,
                            3189,
                            3256),
                    cause(
                            "The backup was taken of a damaged database.",
                            "Use an older backup, of the time before the damage.",
                            3182),
                    cause(
                            "The backup was taken without checksums.",
                            "Run it without CHECKSUM.",
                            3187),
                    cause(
                            "The backup was written with another block size than it is read with.",
                            "Give the BLOCKSIZE it was written with; the manifest of the set has"
                                    + " it.",
                            3268,
                            3269),
                    cause(
                            "The backup needs transfers of another size.",
                            "Give the MAXTRANSFERSIZE that the message names.",
                            3199),
                    // the devices
                    new ServerAdvice(
                            Place.DEVICE,
                            Set.of(3201, 3206, 18204),
                            "The server could not open a device.",
                            "Check that the login is a member of sysadmin, that the statement runs"
                                    + " on the instance the devices were made for, and the server's"
                                    + " error log."),
                    new ServerAdvice(
                            Place.DEVICE,
                            Set.of(3202, 3203, 3271, 18210),
                            "A device failed while the server wrote to it or read from it.",
                            "Look for what this end met, in the log of the run; then into the"
                                    + " server's error log."),
                    new ServerAdvice(
                            Place.CONSEQUENCE,
                            Set.of(3204),
                            "The statement was cancelled, or its connection was lost.",
                            "Run it again, unless it was meant to end."),
                    new ServerAdvice(
                            Place.CONSEQUENCE,
                            Set.of(SqlMessage.TERMINATED_ABNORMALLY, 3041, 3119, 3167),
                            "The server gave up, and did not say why.",
                            "Look into the server's error log at this time."));

    private static final Map<Integer, ServerAdvice> BY_NUMBER =
            TABLE.stream()
                    .flatMap(advice -> advice.numbers.stream().map(n -> Map.entry(n, advice)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static ServerAdvice cause(String happened, String whatToDo, Integer... numbers) {
        return new ServerAdvice(
                Place.CAUSE,
                Arrays.stream(numbers).collect(Collectors.toUnmodifiableSet()),
                happened,
                whatToDo);
    }

    /** All of it. */
    static List<ServerAdvice> table() {
        return TABLE;
    }

    /** On a message; empty where it says it all. */
    static Optional<ServerAdvice> on(SqlMessage message) {
        return Optional.ofNullable(BY_NUMBER.get(message.number()));
    }

    /** What no entry is about is a cause that says it all. */
    static Place placeOf(SqlMessage message) {
        return on(message).map(ServerAdvice::place).orElse(Place.CAUSE);
    }
}
