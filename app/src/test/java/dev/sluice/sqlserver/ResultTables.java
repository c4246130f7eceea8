package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.sqlserver.ServerBackup.Facts;
import dev.sluice.tds.Column;
import dev.sluice.tds.Reply;
import dev.sluice.tds.SqlType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The results of RESTORE HEADERONLY and FILELISTONLY, with the columns and types of SQL Server's
 * documentation, in its order, as far as a version has them. What is not known is NULL.
 */
final class ResultTables {

    private static final SqlType LSN = SqlType.numeric(25, 0);
    private static final SqlType SIZE = SqlType.numeric(20, 0);
    private static final int VIRTUAL_DEVICE = 7;
    private static final int PAGE = 8192;
    private static final int VENDOR = 0x1200;
    private static final int LOCALE = 1033;
    private static final int COMPARISON_STYLE = 196609;
    private static final long MAX_SIZE = 35184372080640L;

    private static final int FLAG_READABLE = 512;
    private static final int FLAG_CHECKSUMS = 16;
    private static final int FLAG_DAMAGED = 32;
    private static final int FLAG_TAIL = 64;
    private static final int FLAG_TAIL_NORECOVERY = 256;
    private static final int FLAG_COPY_ONLY = 1024;

    private static final int SQL_SERVER_2012 = 11;
    private static final int SQL_SERVER_2014 = 12;
    private static final int SQL_SERVER_2016 = 13;
    private static final int SQL_SERVER_2022 = 16;

    private final List<Column> columns = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    private ResultTables() {}

    /**
     * One row.
     *
     * @param version of the server that tells
     */
    static void headerOnly(ServerBackup backup, int version, Reply reply) throws IOException {
        BackupHeader header = backup.header();
        Facts facts = backup.facts();
        ResultTables table = new ResultTables();
        table.addLabels(backup);
        table.addVersions(header);
        table.add("MachineName", SqlType.SYSNAME, header.set().machine())
                .add("Flags", SqlType.INT, flags(header, facts))
                .add("BindingID", SqlType.UNIQUEIDENTIFIER, new UUID(1, facts.family().hashCode()))
                .add("RecoveryForkID", SqlType.UNIQUEIDENTIFIER, facts.forks().last())
                .add("Collation", SqlType.nvarchar(128), "SQL_Latin1_General_CP1_CI_AS")
                .add("FamilyGUID", SqlType.UNIQUEIDENTIFIER, facts.family())
                .add("HasBulkLoggedData", SqlType.BIT, facts.bulkLogged())
                .add("IsSnapshot", SqlType.BIT, false)
                .add("IsReadOnly", SqlType.BIT, false)
                .add("IsSingleUser", SqlType.BIT, false)
                .add("HasBackupChecksums", SqlType.BIT, header.checksums())
                .add("IsDamaged", SqlType.BIT, facts.damaged())
                .add("BeginsLogChain", SqlType.BIT, facts.beginsLogChain())
                .add("HasIncompleteMetaData", SqlType.BIT, false)
                .add("IsForceOffline", SqlType.BIT, facts.tail())
                .add("IsCopyOnly", SqlType.BIT, facts.copyOnly())
                .add("FirstRecoveryForkID", SqlType.UNIQUEIDENTIFIER, facts.forks().first())
                .add("ForkPointLSN", LSN, decimal(facts.forks().point()))
                .add("RecoveryModel", SqlType.nvarchar(60), facts.recoveryModel())
                .add("DifferentialBaseLSN", LSN, baseLsn(facts))
                .add("DifferentialBaseGUID", SqlType.UNIQUEIDENTIFIER, baseGuid(facts))
                .add("BackupTypeDescription", SqlType.nvarchar(60), description(backup.kind()))
                .add("BackupSetGUID", SqlType.UNIQUEIDENTIFIER, facts.guid())
                .add("CompressedBackupSize", SqlType.BIGINT, backup.size());
        table.addLater(facts, version);
        table.send(reply);
    }

    private void addLabels(ServerBackup backup) {
        BackupHeader header = backup.header();
        BackupHeader.Lsns lsns = header.lsns();
        boolean compressed = !backup.facts().compression().isEmpty();
        add("BackupName", SqlType.nvarchar(128), orNull(header.set().name()));
        add("BackupDescription", SqlType.nvarchar(255), orNull(header.set().description()));
        add("BackupType", SqlType.SMALLINT, type(backup.kind()));
        add("ExpirationDate", SqlType.DATETIME, null);
        add("Compressed", SqlType.TINYINT, compressed ? 1 : 0);
        add("Position", SqlType.SMALLINT, header.set().position());
        add("DeviceType", SqlType.TINYINT, VIRTUAL_DEVICE);
        add("UserName", SqlType.SYSNAME, header.set().user());
        add("ServerName", SqlType.SYSNAME, header.server());
        add("DatabaseName", SqlType.SYSNAME, header.database());
        add("DatabaseVersion", SqlType.INT, header.internalVersion());
        add("DatabaseCreationDate", SqlType.DATETIME, header.times().databaseCreated());
        add("BackupSize", SIZE, header.size());
        add("FirstLSN", LSN, lsns.first().decimal());
        add("LastLSN", LSN, lsns.last().decimal());
        add("CheckpointLSN", LSN, lsns.checkpoint().decimal());
        add("DatabaseBackupLSN", LSN, lsns.databaseBackup().decimal());
        add("BackupStartDate", SqlType.DATETIME, header.times().start());
        add("BackupFinishDate", SqlType.DATETIME, header.times().finish());
    }

    private void addVersions(BackupHeader header) {
        add("SortOrder", SqlType.SMALLINT, 52);
        add("CodePage", SqlType.SMALLINT, 0);
        add("UnicodeLocaleId", SqlType.INT, LOCALE);
        add("UnicodeComparisonStyle", SqlType.INT, COMPARISON_STYLE);
        add("CompatibilityLevel", SqlType.TINYINT, header.compatibilityLevel());
        add("SoftwareVendorId", SqlType.INT, VENDOR);
        add("SoftwareVersionMajor", SqlType.INT, header.version().major());
        add("SoftwareVersionMinor", SqlType.INT, header.version().minor());
        add("SoftwareVersionBuild", SqlType.INT, header.version().build());
    }

    /** What newer versions tell besides. */
    private void addLater(Facts facts, int version) {
        if (version >= SQL_SERVER_2012) {
            add("Containment", SqlType.TINYINT, 0);
        }
        if (version >= SQL_SERVER_2014) {
            add("KeyAlgorithm", SqlType.nvarchar(32), null);
            add("EncryptorThumbprint", SqlType.varbinary(20), null);
            add("EncryptorType", SqlType.nvarchar(32), null);
        }
        if (version >= SQL_SERVER_2022) {
            add("LastValidRestoreTime", SqlType.DATETIME, null);
            add("TimeZone", SqlType.nvarchar(32), null);
            add("CompressionAlgorithm", SqlType.nvarchar(32), orNull(facts.compression()));
        }
    }

    private static int flags(BackupHeader header, Facts facts) {
        return FLAG_READABLE
                | (header.checksums() ? FLAG_CHECKSUMS : 0)
                | (facts.damaged() ? FLAG_DAMAGED : 0)
                | (facts.tail() || facts.damaged() ? FLAG_TAIL : 0)
                | (facts.tail() ? FLAG_TAIL_NORECOVERY : 0)
                | (facts.copyOnly() ? FLAG_COPY_ONLY : 0);
    }

    private static int type(BackupKind kind) {
        return switch (kind) {
            case DATABASE -> 1;
            case LOG -> 2;
            case FILES -> 4;
            case DIFFERENTIAL -> 5;
            case FILES_DIFFERENTIAL -> 6;
            case PARTIAL -> 7;
            case PARTIAL_DIFFERENTIAL -> 8;
            case UNKNOWN -> throw new AssertionError("a backup of no kind");
        };
    }

    private static String description(BackupKind kind) {
        return switch (kind) {
            case DATABASE -> "Database";
            case LOG -> "Transaction Log";
            case FILES -> "File or Filegroup";
            case DIFFERENTIAL -> "Database Differential";
            case FILES_DIFFERENTIAL -> "File Differential";
            case PARTIAL -> "Partial";
            case PARTIAL_DIFFERENTIAL -> "Partial Differential";
            case UNKNOWN -> throw new AssertionError("a backup of no kind");
        };
    }

    private static @Nullable Object decimal(@Nullable Lsn lsn) {
        return lsn == null ? null : lsn.decimal();
    }

    private static @Nullable Object baseLsn(Facts facts) {
        ServerBackup.Base base = facts.base();
        return base == null ? null : base.lsn().decimal();
    }

    private static @Nullable UUID baseGuid(Facts facts) {
        ServerBackup.Base base = facts.base();
        return base == null ? null : base.guid();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A row for each file of the database, in the backup or not. */
    static void fileListOnly(ServerBackup backup, int version, Reply reply) throws IOException {
        boolean first = true;
        for (DatabaseFile file : backup.header().files()) {
            ResultTables table = file(backup, file);
            if (version >= SQL_SERVER_2016) {
                table.add("SnapshotUrl", SqlType.nvarchar(360), null);
            }
            if (first) {
                reply.columns(table.columns.toArray(Column[]::new));
            }
            first = false;
            reply.row(table.values.toArray());
        }
    }

    private static ResultTables file(ServerBackup backup, DatabaseFile file) {
        Facts facts = backup.facts();
        boolean log = ServerBackup.isLog(file);
        boolean readOnly = facts.readOnly().contains(file.logicalName());
        return new ResultTables()
                .add("LogicalName", SqlType.nvarchar(128), file.logicalName())
                .add("PhysicalName", SqlType.nvarchar(260), file.physicalPath())
                .add("Type", SqlType.character(1), log ? "L" : "D")
                .add("FileGroupName", SqlType.nvarchar(128), backup.filegroup(file))
                .add("Size", SIZE, Math.max(file.pages(), 8) * PAGE)
                .add("MaxSize", SIZE, MAX_SIZE)
                .add("FileID", SqlType.BIGINT, (long) file.id())
                .add("CreateLSN", LSN, 0)
                .add("DropLSN", LSN, 0)
                .add("UniqueID", SqlType.UNIQUEIDENTIFIER, new UUID(0, file.id()))
                .add("ReadOnlyLSN", LSN, readOnly ? backup.header().lsns().first().decimal() : 0)
                .add("ReadWriteLSN", LSN, 0)
                .add("BackupSizeInBytes", SqlType.BIGINT, file.pages() * PAGE)
                .add("SourceBlockSize", SqlType.INT, 512)
                .add("FileGroupID", SqlType.INT, file.filegroup())
                .add("LogGroupGUID", SqlType.UNIQUEIDENTIFIER, null)
                .add("DifferentialBaseLSN", LSN, log ? 0 : baseLsn(facts))
                .add("DifferentialBaseGUID", SqlType.UNIQUEIDENTIFIER, log ? null : baseGuid(facts))
                .add("IsReadOnly", SqlType.BIT, readOnly)
                .add("IsPresent", SqlType.BIT, backup.has(file))
                .add(
                        "TDEThumbprint",
                        SqlType.varbinary(32),
                        facts.encryptedBy().isEmpty()
                                ? null
                                : HexFormat.of().parseHex(facts.encryptedBy()));
    }

    private ResultTables add(String name, SqlType type, @Nullable Object value) {
        columns.add(new Column(name, type));
        boolean isNumeric = type.precision() > 0;
        values.add(value != null && isNumeric ? new BigDecimal(value.toString()) : value);
        return this;
    }

    private void send(Reply reply) throws IOException {
        reply.columns(columns.toArray(Column[]::new));
        reply.row(values.toArray());
    }
}
