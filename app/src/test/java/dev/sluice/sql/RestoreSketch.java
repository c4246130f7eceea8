package dev.sluice.sql;

import java.util.List;
import java.util.function.Consumer;

/** A RESTORE statement of which a test says only what matters to it. */
final class RestoreSketch {

    String database;
    Scope scope = new Scope.WholeDatabase();
    List<String> devices = List.of("set");
    int file;
    boolean checksum;
    boolean replace;
    boolean partial;
    Recovery recovery = new Recovery.Recover();
    StopAt stopAt = new StopAt.End();
    List<RestoreStatement.Move> moves = List.of();
    TransferOptions transfer = TransferOptions.NONE;
    int stats;

    private RestoreSketch(RestoreStatement.Kind kind) {
        database = kind.restores() ? "Sales" : "";
    }

    static RestoreStatement restore(RestoreStatement.Kind kind, Consumer<RestoreSketch> change) {
        RestoreSketch sketch = new RestoreSketch(kind);
        change.accept(sketch);
        return new RestoreStatement(
                kind,
                sketch.database,
                sketch.scope,
                sketch.devices,
                new RestoreStatement.Options(
                        sketch.file,
                        sketch.checksum,
                        sketch.replace,
                        sketch.partial,
                        sketch.recovery,
                        sketch.stopAt,
                        sketch.moves,
                        sketch.transfer,
                        sketch.stats));
    }
}
