package dev.sluice.sql;

import java.util.List;
import java.util.function.Consumer;

/** A BACKUP statement of which a test says only what matters to it. */
final class BackupSketch {

    String database = "Sales";
    Scope scope = new Scope.WholeDatabase();
    List<String> devices = List.of("set");
    boolean copyOnly;
    boolean checksum;
    boolean format;
    Compression compression = new Compression.ServerDefault();
    TransferOptions transfer = TransferOptions.NONE;
    int stats;
    String name = "";
    String description = "";
    TailLog tail = TailLog.NONE;

    private BackupSketch() {}

    static BackupStatement backup(BackupType type, Consumer<BackupSketch> change) {
        BackupSketch sketch = new BackupSketch();
        change.accept(sketch);
        return new BackupStatement(
                type,
                sketch.database,
                sketch.scope,
                sketch.devices,
                new BackupStatement.Options(
                        sketch.copyOnly,
                        sketch.checksum,
                        sketch.format,
                        sketch.compression,
                        sketch.transfer,
                        sketch.stats,
                        sketch.name,
                        sketch.description,
                        sketch.tail));
    }
}
