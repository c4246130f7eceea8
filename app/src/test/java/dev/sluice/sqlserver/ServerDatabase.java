package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.sql.DatabaseInfo.State;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database of a {@link SqlServerDouble}, which guards it: what BACKUP and RESTORE need to know.
 */
final class ServerDatabase {

    final String name;

    /** What its backups replay. */
    final List<Recording> recordings;

    State state = State.ONLINE;
    String recoveryModel = "FULL";
    boolean singleUser;

    /** Connections of others, in the way of a restore. */
    int users;

    boolean encrypted;
    boolean differentialBase;
    boolean logChain;

    /** Log that no backup holds: in the way of a restore over it. */
    boolean tail = true;

    /** Paths by logical names. */
    final Map<String, String> files = new LinkedHashMap<>();

    /** What was restored to it, in order; empty for one that was never restored. */
    final List<Recording> restored = new ArrayList<>();

    /** The checkpoint of the full backup it was restored from. */
    Lsn base = Lsn.ZERO;

    /** The next restore must begin here or earlier, and end here or later. */
    Lsn reached = Lsn.ZERO;

    /** The time that its log was rolled forward to; null for one that was never restored. */
    @Nullable LocalDateTime reachedTime;

    private int logsTaken;

    ServerDatabase(String name, List<Recording> recordings) {
        this.name = name;
        this.recordings = recordings;
    }

    /** The name its backups have in their headers. */
    String recordedName() {
        return recordings.getFirst().header().database();
    }

    /** A data file's bytes, roughly. */
    long bytes() {
        return recordings.getFirst().size();
    }

    /** Pages of data in the recorded backups of a kind, 0 without any. */
    long dataPages(BackupKind kind) {
        return recordings.stream()
                .filter(recording -> recording.kind() == kind)
                .flatMap(recording -> recording.header().files().stream())
                .filter(file -> file.type() == BackupHeader.DatabaseFile.Type.DATA)
                .mapToLong(BackupHeader.DatabaseFile::pages)
                .sum();
    }

    /** The backup set that a BACKUP of this kind to so many devices writes. */
    Recording nextBackup(BackupKind kind, int devices) {
        return recordings.stream()
                .filter(recording -> recording.kind() == kind)
                .filter(recording -> recording.stripes().size() == devices)
                .skip(kind == BackupKind.LOG ? logsTaken : 0)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no further %s backup of %s on %d devices was recorded"
                                                .formatted(kind, name, devices)));
    }

    void backedUp(Order.Backup order) {
        if (order.log()) {
            logsTaken += order.has("COPY_ONLY") ? 0 : 1;
            tail = !order.has("NORECOVERY");
            state = order.has("NORECOVERY") ? State.RESTORING : state;
        } else if (!order.has("DIFFERENTIAL")) {
            logChain = !recoveryModel.equals("SIMPLE");
            differentialBase |= !order.has("COPY_ONLY");
        }
    }

    /** Puts the files where a restore of this backup puts them. */
    void placeFiles(BackupHeader header, Map<String, String> moves) {
        for (BackupHeader.DatabaseFile file : header.files()) {
            files.put(file.logicalName(), pathOf(file, moves));
        }
    }

    /** A MOVE, else where the database has it, else where it was when backed up. */
    String pathOf(BackupHeader.DatabaseFile file, Map<String, String> moves) {
        String moved = moves.get(file.logicalName());
        return moved != null ? moved : files.getOrDefault(file.logicalName(), file.physicalPath());
    }
}
