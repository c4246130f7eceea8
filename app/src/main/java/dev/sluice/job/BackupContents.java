package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.ResultTable;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the server itself says about a backup, by RESTORE HEADERONLY. LSNs are null where the server
 * tells none.
 *
 * @param database name of the database that was backed up
 * @param type of the backup
 * @param ofWholeDatabase it is not one of single files, nor a partial one
 * @param family the GUID a database keeps for life; null where the server tells none
 * @param id of the backup, a GUID; null where the server tells none
 * @param majorVersion of the server that made it, such as 16; 0 where it is not told
 * @param build of that server, such as {@code 16.0.4125}; null where it is not told
 * @param firstLsn of the oldest log record in it
 * @param lastLsn of the record after its newest
 * @param checkpointLsn where redo begins
 * @param databaseBackupLsn the checkpointLsn of the full backup before it
 * @param baseId of the full backup that a differential one is based on, a GUID; null for other
 *     backups, and for one that has several bases, of different files
 * @param forks of the log
 * @param encryptor what the backup is encrypted by; null when it is not
 * @param bulkLogged it is of a log, and holds extents that were changed without being logged
 * @param started when it was, as {@code finished}
 * @param finished when it was, in the local time of the server that made it; null where it is not
 *     told
 */
record BackupContents(
        String database,
        BackupType type,
        boolean ofWholeDatabase,
        @Nullable String family,
        @Nullable String id,
        int majorVersion,
        @Nullable String build,
        @Nullable BigInteger firstLsn,
        @Nullable BigInteger lastLsn,
        @Nullable BigInteger checkpointLsn,
        @Nullable BigInteger databaseBackupLsn,
        @Nullable String baseId,
        Forks forks,
        @Nullable Encryptor encryptor,
        boolean bulkLogged,
        @Nullable LocalDateTime started,
        @Nullable LocalDateTime finished) {

    /**
     * What a backup is encrypted by.
     *
     * @param algorithm such as {@code aes_256}
     * @param kind certificate or asymmetric key
     * @param thumbprint of it, in lower-case hex
     */
    record Encryptor(String algorithm, String kind, String thumbprint) {}

    /**
     * The recovery forks a backup goes over. A database is on a new one after it was recovered to
     * an earlier point: from there its log has two histories, whose LSNs overlap (Microsoft's
     * documentation, Recovery Paths). Null where the server tells none.
     *
     * @param first the GUID of the fork it begins on
     * @param last the GUID of the fork it ends on; of a log backup it may be another
     */
    record Forks(@Nullable String first, @Nullable String last) {}

    /**
     * Reads the table of RESTORE HEADERONLY. A set of Sluice's holds one backup: its first row
     * counts.
     *
     * @throws JobException when what is needed is not there
     */
    static BackupContents of(ResultTable header) throws JobException {
        Row row = new Row("HEADERONLY", header, 0);
        int code = row.number("BackupType");
        return new BackupContents(
                row.text("DatabaseName"),
                type(code),
                code == 1 || code == 2 || code == 5,
                row.guid("FamilyGUID"),
                row.guid("BackupSetGUID"),
                row.has("SoftwareVersionMajor") ? row.number("SoftwareVersionMajor") : 0,
                build(row),
                row.lsn("FirstLSN"),
                row.lsn("LastLSN"),
                row.lsn("CheckpointLSN"),
                row.lsn("DatabaseBackupLSN"),
                row.guid("DifferentialBaseGUID"),
                new Forks(row.guid("FirstRecoveryForkID"), row.guid("RecoveryForkID")),
                encryptor(row),
                row.flag("HasBulkLoggedData"),
                row.time("BackupStartDate"),
                row.time("BackupFinishDate"));
    }

    private static @Nullable String build(Row row) throws JobException {
        boolean told =
                row.has("SoftwareVersionMajor")
                        && row.has("SoftwareVersionMinor")
                        && row.has("SoftwareVersionBuild");
        return told
                ? "%d.%d.%d"
                        .formatted(
                                row.number("SoftwareVersionMajor"),
                                row.number("SoftwareVersionMinor"),
                                row.number("SoftwareVersionBuild"))
                : null;
    }

    private static @Nullable Encryptor encryptor(Row row) {
        String thumbprint = row.textOrNull("EncryptorThumbprint");
        return thumbprint == null
                ? null
                : new Encryptor(
                        Objects.requireNonNullElse(row.textOrNull("KeyAlgorithm"), "unknown"),
                        Objects.requireNonNullElse(row.textOrNull("EncryptorType"), "certificate")
                                .toLowerCase(Locale.ROOT),
                        thumbprint);
    }

    /**
     * Reads from the table of RESTORE FILELISTONLY by what the database is encrypted (TDE):
     * thumbprints in lower-case hex, none when it is not.
     */
    static Set<String> databaseKeys(ResultTable list) {
        Set<String> thumbprints = new LinkedHashSet<>();
        for (int index = 0; index < list.rows().size(); index++) {
            String thumbprint = new Row("FILELISTONLY", list, index).textOrNull("TDEThumbprint");
            if (thumbprint != null) {
                thumbprints.add(thumbprint);
            }
        }
        return Set.copyOf(thumbprints);
    }

    /**
     * Reads the table of RESTORE FILELISTONLY.
     *
     * @throws JobException when what is needed is not there
     */
    static List<BackupFile> files(ResultTable list) throws JobException {
        List<BackupFile> files = new ArrayList<>();
        for (int index = 0; index < list.rows().size(); index++) {
            Row row = new Row("FILELISTONLY", list, index);
            files.add(
                    new BackupFile(
                            row.text("LogicalName"),
                            row.text("PhysicalName"),
                            fileType(row.text("Type")),
                            row.textOrNull("FileGroupName"),
                            row.has("Size") ? Long.parseLong(row.text("Size")) : 0,
                            !row.has("IsPresent") || row.flag("IsPresent"),
                            isReadOnly(row)));
        }
        return List.copyOf(files);
    }

    /** By itself, or with its filegroup, which told when it changed from one to the other. */
    private static boolean isReadOnly(Row row) throws JobException {
        BigInteger closed = row.lsn("ReadOnlyLSN");
        BigInteger opened = row.lsn("ReadWriteLSN");
        boolean ofGroup =
                closed != null
                        && closed.compareTo(Objects.requireNonNullElse(opened, BigInteger.ZERO))
                                > 0;
        return ofGroup || row.flag("IsReadOnly");
    }

    /** The codes of the documentation of HEADERONLY. */
    private static BackupType type(int code) throws JobException {
        return switch (code) {
            case 1, 4, 7 -> BackupType.FULL;
            case 2 -> BackupType.LOG;
            case 5, 6, 8 -> BackupType.DIFFERENTIAL;
            default -> throw new JobException(Told.of("odd.backupType", Integer.toString(code)));
        };
    }

    private static BackupFile.Type fileType(String letter) throws JobException {
        try {
            return BackupFile.Type.valueOf(letter);
        } catch (IllegalArgumentException e) {
            throw new JobException(Told.of("odd.fileType", letter), e);
        }
    }

    /**
     * A row whose columns are asked for by name; versions of the server differ in what they tell.
     */
    private record Row(String statement, ResultTable table, int index) {

        boolean has(String column) {
            return textOrNull(column) != null;
        }

        String text(String column) throws JobException {
            String text = textOrNull(column);
            if (text == null) {
                throw new JobException(Told.of("odd.noColumn", statement, column));
            }
            return text;
        }

        @Nullable String textOrNull(String column) {
            Object value = value(column);
            return value == null ? null : value.toString();
        }

        /** As the server prints them, so that two can be compared. */
        @Nullable String guid(String column) {
            String text = textOrNull(column);
            return text == null ? null : text.toUpperCase(Locale.ROOT);
        }

        @Nullable LocalDateTime time(String column) {
            return value(column) instanceof LocalDateTime time ? time : null;
        }

        /** False where the server does not tell. */
        boolean flag(String column) {
            return Boolean.TRUE.equals(value(column));
        }

        private @Nullable Object value(String column) {
            boolean there = index < table.rows().size() && table.columns().contains(column);
            return there ? table.value(index, column) : null;
        }

        int number(String column) throws JobException {
            return whole(column, text(column)).intValue();
        }

        @Nullable BigInteger lsn(String column) throws JobException {
            String text = textOrNull(column);
            return text == null ? null : whole(column, text);
        }

        private BigInteger whole(String column, String text) throws JobException {
            try {
                return new BigInteger(text);
            } catch (NumberFormatException e) {
                throw new JobException(Told.of("odd.noNumber", statement, column, text), e);
            }
        }
    }
}
