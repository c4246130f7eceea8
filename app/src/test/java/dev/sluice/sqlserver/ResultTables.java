package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.tds.Column;
import dev.sluice.tds.Reply;
import dev.sluice.tds.SqlType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The results of RESTORE HEADERONLY and FILELISTONLY, with the columns and types of SQL Server's
 * documentation, in its order. What our headers do not tell is NULL.
 */
final class ResultTables {

    private static final SqlType LSN = SqlType.numeric(25, 0);
    private static final SqlType SIZE = SqlType.numeric(20, 0);
    private static final int VIRTUAL_DEVICE = 7;
    private static final int PAGE = 8192;

    private final List<Column> columns = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    private ResultTables() {}

    static void headerOnly(BackupHeader header, Reply reply) throws IOException {
        BackupHeader.Lsns lsns = header.lsns();
        ResultTables table =
                new ResultTables()
                        .add("BackupName", SqlType.nvarchar(128), orNull(header.set().name()))
                        .add("BackupDescription", SqlType.nvarchar(255), null)
                        .add("BackupType", SqlType.SMALLINT, type(header))
                        .add("ExpirationDate", SqlType.DATETIME, null)
                        .add("Compressed", SqlType.TINYINT, 0)
                        .add("Position", SqlType.SMALLINT, header.set().position())
                        .add("DeviceType", SqlType.TINYINT, VIRTUAL_DEVICE)
                        .add("UserName", SqlType.SYSNAME, header.set().user())
                        .add("ServerName", SqlType.SYSNAME, header.server())
                        .add("DatabaseName", SqlType.SYSNAME, header.database())
                        .add("DatabaseVersion", SqlType.INT, header.internalVersion())
                        .add(
                                "DatabaseCreationDate",
                                SqlType.DATETIME,
                                header.times().databaseCreated())
                        .add("BackupSize", SIZE, header.size())
                        .add("FirstLSN", LSN, lsns.first().decimal())
                        .add("LastLSN", LSN, lsns.last().decimal())
                        .add("CheckpointLSN", LSN, lsns.checkpoint().decimal())
                        .add("DatabaseBackupLSN", LSN, lsns.databaseBackup().decimal())
                        .add("BackupStartDate", SqlType.DATETIME, header.times().start())
                        .add("BackupFinishDate", SqlType.DATETIME, header.times().finish())
                        .add("CompatibilityLevel", SqlType.TINYINT, header.compatibilityLevel())
                        .add("SoftwareVersionMajor", SqlType.INT, header.version().major())
                        .add("SoftwareVersionMinor", SqlType.INT, header.version().minor())
                        .add("SoftwareVersionBuild", SqlType.INT, header.version().build())
                        .add("MachineName", SqlType.SYSNAME, header.set().machine())
                        .add("RecoveryForkID", SqlType.UNIQUEIDENTIFIER, null)
                        .add("FamilyGUID", SqlType.UNIQUEIDENTIFIER, family(header))
                        .add("HasBackupChecksums", SqlType.BIT, header.checksums())
                        .add("IsDamaged", SqlType.BIT, false)
                        .add("IsCopyOnly", SqlType.BIT, false)
                        .add("RecoveryModel", SqlType.nvarchar(60), "FULL")
                        .add("DifferentialBaseLSN", LSN, differentialBase(header));
        table.send(reply);
    }

    private static int type(BackupHeader header) {
        return switch (header.kind()) {
            case DATABASE -> 1;
            case LOG -> 2;
            case DIFFERENTIAL -> 5;
            case UNKNOWN -> throw new AssertionError("a backup of no kind");
        };
    }

    private static @Nullable Object differentialBase(BackupHeader header) {
        return type(header) == 5 ? header.lsns().databaseBackup().decimal() : null;
    }

    /** The recordings have one, but where it is in them is not known: one for each database. */
    private static UUID family(BackupHeader header) {
        return UUID.nameUUIDFromBytes(header.database().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static void fileListOnly(BackupHeader header, Reply reply) throws IOException {
        boolean first = true;
        for (BackupHeader.DatabaseFile file : header.files()) {
            boolean log = file.type() == BackupHeader.DatabaseFile.Type.LOG;
            ResultTables table =
                    new ResultTables()
                            .add("LogicalName", SqlType.nvarchar(128), file.logicalName())
                            .add("PhysicalName", SqlType.nvarchar(260), file.physicalPath())
                            .add("Type", SqlType.character(1), log ? "L" : "D")
                            .add("FileGroupName", SqlType.nvarchar(128), filegroup(header, file))
                            .add("Size", SIZE, file.pages() * PAGE)
                            .add("MaxSize", SIZE, 35184372080640L)
                            .add("FileID", SqlType.BIGINT, (long) file.id())
                            .add("CreateLSN", LSN, 0)
                            .add("DropLSN", LSN, 0)
                            .add("UniqueID", SqlType.UNIQUEIDENTIFIER, new UUID(0, file.id()))
                            .add("ReadOnlyLSN", LSN, 0)
                            .add("ReadWriteLSN", LSN, 0)
                            .add("BackupSizeInBytes", SqlType.BIGINT, file.pages() * PAGE)
                            .add("SourceBlockSize", SqlType.INT, 512)
                            .add("FileGroupID", SqlType.INT, file.filegroup())
                            .add("IsReadOnly", SqlType.BIT, false)
                            .add("IsPresent", SqlType.BIT, true);
            if (first) {
                reply.columns(table.columns.toArray(Column[]::new));
            }
            first = false;
            reply.row(table.values.toArray());
        }
    }

    private static @Nullable String filegroup(BackupHeader header, BackupHeader.DatabaseFile file) {
        return header.filegroups().stream()
                .filter(group -> group.id() == file.filegroup())
                .map(BackupHeader.Filegroup::name)
                .findFirst()
                .orElse(null);
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
