package dev.sluice.sqlserver;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import java.nio.file.Path;
import java.util.List;

/** A backup as a test asks for it, other than with plain options. */
final class BackupAsk {

    private final String database;
    private final BackupType type;
    private Scope scope = new Scope.WholeDatabase();
    private TailLog tail = TailLog.NONE;
    private Compression compression = new Compression.ServerDefault();
    private TransferOptions sizes = SqlServerBench.SIZES;
    private boolean copyOnly;
    private boolean checksum = true;
    private int devices = 1;
    private String name = "";
    private String description = "";

    BackupAsk(String database, BackupType type) {
        this.database = database;
        this.type = type;
    }

    BackupAsk files(String... files) {
        scope = new Scope.Files(List.of(files), List.of());
        return this;
    }

    BackupAsk filegroups(String... filegroups) {
        scope = new Scope.Files(List.of(), List.of(filegroups));
        return this;
    }

    /** READ_WRITE_FILEGROUPS. */
    BackupAsk partial() {
        scope = new Scope.ReadWriteFilegroups(List.of());
        return this;
    }

    BackupAsk tail(TailLog value) {
        tail = value;
        return this;
    }

    BackupAsk compression(Compression value) {
        compression = value;
        return this;
    }

    BackupAsk sizes(int blockSize, int bufferCount, int maxTransferSize) {
        sizes = new TransferOptions(blockSize, bufferCount, maxTransferSize);
        return this;
    }

    BackupAsk copyOnly() {
        copyOnly = true;
        return this;
    }

    BackupAsk withoutChecksum() {
        checksum = false;
        return this;
    }

    BackupAsk devices(int count) {
        devices = count;
        return this;
    }

    BackupAsk labels(String newName, String newDescription) {
        name = newName;
        description = newDescription;
        return this;
    }

    BackupRequest to(Path destination) {
        return new BackupRequest(
                SqlServerDouble.NAME,
                List.of(database),
                type,
                scope,
                new BackupStatement.Options(
                        copyOnly, checksum, true, compression, sizes, 5, name, description, tail),
                destination,
                devices,
                0);
    }
}
