package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.PageLayout;
import dev.sluice.sql.ResultTable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The tables of RESTORE HEADERONLY, FILELISTONLY and LABELONLY, with SQL Server's column names. */
final class ResultTables {

    private final List<String> columns = new ArrayList<>();
    private final List<@Nullable Object> row = new ArrayList<>();

    private ResultTables() {}

    static ResultTable headerOnly(BackupHeader header) {
        return new ResultTables()
                .set("BackupName", header.set().name())
                .set("BackupDescription", header.set().description())
                .set("BackupType", header.kind() == BackupKind.DIFFERENTIAL ? 5 : 1)
                .set("Position", header.set().position())
                .set("DeviceType", 7)
                .set("UserName", header.set().user())
                .set("ServerName", header.server())
                .set("DatabaseName", header.database())
                .set("DatabaseVersion", header.internalVersion())
                .set("DatabaseCreationDate", header.times().databaseCreated())
                .set("BackupSize", header.size())
                .set("FirstLSN", header.lsns().first().toString())
                .set("LastLSN", header.lsns().last().toString())
                .set("CheckpointLSN", header.lsns().checkpoint().toString())
                .set("DatabaseBackupLSN", header.lsns().databaseBackup().toString())
                .set("BackupStartDate", header.times().start())
                .set("BackupFinishDate", header.times().finish())
                .set("CompatibilityLevel", header.compatibilityLevel())
                .set("SoftwareVersionMajor", header.version().major())
                .set("SoftwareVersionMinor", header.version().minor())
                .set("SoftwareVersionBuild", header.version().build())
                .set("MachineName", header.set().machine())
                .set("HasBackupChecksums", header.checksums())
                .table();
    }

    static ResultTable fileListOnly(BackupHeader header) {
        BackupHeader.DatabaseFile file = header.files().getFirst();
        return new ResultTables()
                .set("LogicalName", file.logicalName())
                .set("PhysicalName", file.physicalPath())
                .set("Type", "D")
                .set("FileGroupName", header.filegroups().getFirst().name())
                .set("Size", file.pages() * PageLayout.SIZE)
                .set("FileId", file.id())
                .table();
    }

    static ResultTable labelOnly(BackupHeader header) {
        return new ResultTables()
                .set("MediaName", header.media().name())
                .set("MediaSetId", header.media().mediaSet().toString())
                .set("FamilyCount", header.media().families())
                .set("FamilySequenceNumber", header.media().family())
                .set("MediaSequenceNumber", 1)
                .set("SoftwareName", header.media().software())
                .set("MediaDescription", header.media().description())
                .table();
    }

    private ResultTables set(String column, @Nullable Object value) {
        columns.add(column);
        row.add(value);
        return this;
    }

    private ResultTable table() {
        return new ResultTable(columns, List.of(row));
    }
}
