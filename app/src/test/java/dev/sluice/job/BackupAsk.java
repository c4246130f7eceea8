package dev.sluice.job;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;

import java.nio.file.Path;
import java.util.List;

/**
 * A backup as a test asks for it: plain, of whole databases, on one device, but for what is said.
 */
public final class BackupAsk {

    private final String server;
    private final List<String> databases;
    private final BackupType type;
    private Scope scope = new Scope.WholeDatabase();
    private TailLog tail = TailLog.NONE;
    private Compression compression = new Compression.ServerDefault();
    private TransferOptions sizes = TransferOptions.DEFAULT;
    private boolean copyOnly;
    private boolean checksum = true;
    private int devices = 1;
    private String name = "";
    private String description = "";

    public BackupAsk(String server, BackupType type, String... databases) {
        this.server = server;
        this.type = type;
        this.databases = List.of(databases);
    }

    public BackupAsk scope(Scope value) {
        scope = value;
        return this;
    }

    public BackupAsk files(String... files) {
        scope = new Scope.Files(List.of(files), List.of());
        return this;
    }

    public BackupAsk filegroups(String... filegroups) {
        scope = new Scope.Files(List.of(), List.of(filegroups));
        return this;
    }

    /** READ_WRITE_FILEGROUPS. */
    public BackupAsk partial() {
        scope = new Scope.ReadWriteFilegroups(List.of());
        return this;
    }

    public BackupAsk tail(TailLog value) {
        tail = value;
        return this;
    }

    public BackupAsk compression(Compression value) {
        compression = value;
        return this;
    }

    public BackupAsk sizes(TransferOptions value) {
        sizes = value;
        return this;
    }

    public BackupAsk copyOnly(boolean value) {
        copyOnly = value;
        return this;
    }

    public BackupAsk checksum(boolean value) {
        checksum = value;
        return this;
    }

    public BackupAsk devices(int count) {
        devices = count;
        return this;
    }

    public BackupAsk labels(String newName, String newDescription) {
        name = newName;
        description = newDescription;
        return this;
    }

    public BackupRequest to(Path destination) {
        return new BackupRequest(
                server,
                databases,
                type,
                scope,
                new BackupStatement.Options(
                        copyOnly, checksum, true, compression, sizes, 5, name, description, tail),
                destination,
                devices,
                0);
    }
}
