package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSetWriter;
import dev.sluice.media.Remains;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Everything that is found out of a backup before anything is touched, by the run of it as by its
 * plan: only what one of them is told, the other would be.
 */
final class BackupCheck {

    private final BackupRequest request;
    private final DatabaseInfo database;
    private final SqlSession session;
    private final RunHistory history;
    private final BackupCatalog catalog;
    private final List<Told> notes = new ArrayList<>();
    private final Estimate estimate;

    private BackupCheck(
            BackupRequest request, DatabaseInfo database, SqlSession session, RunHistory history)
            throws IOException {
        this.request = request;
        this.database = database;
        this.session = session;
        this.history = history;
        this.catalog = BackupCatalog.find(siblings());
        this.estimate = expected();
    }

    /**
     * Checks the backup of one of the request's databases. Touches nothing.
     *
     * @param history tells how much the last run took
     * @throws JobException when it is refused
     */
    static BackupCheck of(
            BackupRequest request,
            String name,
            SqlSession session,
            ServerFacts facts,
            RunHistory history)
            throws IOException, JobException, SqlServerException {
        DatabaseInfo database = Databases.named(name, session.databases());
        Preflight.backup(request, database, facts);
        Preflight.memory(request.options().transfer());
        Destination.check(request.destination());
        BackupCheck check = new BackupCheck(request, database, session, history);
        check.notes.addAll(Preflight.notes(request, database, facts));
        check.lookAround();
        check.requireSpace();
        return check;
    }

    /** The database as the server has it. */
    DatabaseInfo database() {
        return database;
    }

    /** The bytes it is expected to move. */
    Estimate estimate() {
        return estimate;
    }

    /** What should be known of it, in sentences. */
    List<Told> notes() {
        return List.copyOf(notes);
    }

    /**
     * Remains of dead runs of this database, which give their space back. Live ones are let be, and
     * so are those of log backups, because the server may have released that log.
     */
    List<Remains> removable() {
        return catalog.remains().stream()
                .filter(remains -> !remains.running() && !remains.ofLog())
                .toList();
    }

    private void lookAround() {
        for (Remains remains : catalog.remains()) {
            if (!remains.running() && remains.ofLog()) {
                notes.add(
                        Told.of(
                                "note.logRemains",
                                remains.directory(),
                                remains.files().size(),
                                new Told.Bytes(remains.bytes())));
            }
        }
        if (request.type() == BackupType.DIFFERENTIAL && !hasFull()) {
            notes.add(Told.of("note.noFullHere", database.name(), siblings()));
        }
    }

    private long freed() {
        return removable().stream().mapToLong(Remains::bytes).sum();
    }

    /**
     * Notes where the backups before this one leave it too little room, though each alone has
     * enough.
     *
     * @param before the bytes that those are expected to take of each disk; this one's are added
     */
    void countAfter(Map<FileStore, Long> before) throws IOException {
        FileStore disk = Destination.disk(siblings());
        long taken = before.getOrDefault(disk, 0L);
        long needed = Math.max(0, estimate.bytes() - freed());
        long usable = disk.getUsableSpace();
        if (taken > 0 && needed <= usable && needed > usable - taken) {
            notes.add(
                    Told.of(
                            "room.before",
                            siblings(),
                            new Told.Bytes(usable),
                            new Told.Bytes(taken),
                            new Told.Bytes(needed)));
        }
        // no disk has more than that
        before.put(
                disk, Math.min(Long.MAX_VALUE / 2, taken) + Math.min(Long.MAX_VALUE / 2, needed));
    }

    /** The folder of the database's other sets. */
    private Path siblings() {
        return BackupSetWriter.folder(request.destination(), request.server(), database.name());
    }

    private boolean hasFull() {
        return catalog.sets().stream()
                .map(set -> set.manifest())
                .anyMatch(
                        found ->
                                found.type() == BackupType.FULL
                                        && found.ofWholeDatabase()
                                        && !found.copyOnly());
    }

    /**
     * Refuses only by what the server tells of a whole database. How much the last run took says
     * little of this one, and a log that is not backed up fills the server's own disk. What the
     * server compresses may do with less room than it is expected to need.
     */
    private void requireSpace() throws IOException, JobException {
        Optional<Told> lack = Destination.lackOfSpace(siblings(), freed(), estimate);
        if (lack.isEmpty()) {
            return;
        }
        if (estimate.source() == EstimateSource.LAST_RUN) {
            notes.add(Told.of("room.tried", lack.get()));
            return;
        }
        boolean compressed =
                switch (request.options().compression()) {
                    case Compression.None _ -> false;
                    case Compression.On _, Compression.With _ -> true;
                    case Compression.ServerDefault _ -> session.compressesBackups();
                };
        if (!compressed) {
            throw new JobException(
                    JobException.About.DESTINATION, Told.of("refused.room", lack.get()));
        }
        notes.add(Told.of("room.compressed", lack.get()));
    }

    private Estimate expected() {
        if (!(request.scope() instanceof Scope.WholeDatabase)) {
            return Estimate.NONE;
        }
        Optional<RunRecord> lastRun = lastRun();
        if (lastRun.isPresent()) {
            return new Estimate(lastRun.get().bytes(), EstimateSource.LAST_RUN);
        }
        boolean online = database.state() == DatabaseInfo.State.ONLINE;
        return switch (request.type()) {
            case FULL ->
                    known(
                                    online,
                                    () -> session.allocatedBytes(database.name()),
                                    EstimateSource.ALLOCATED_PAGES)
                            .orElse(
                                    new Estimate(
                                            database.sizeBytes(), EstimateSource.DATABASE_SIZE));
            case DIFFERENTIAL ->
                    known(
                                    online,
                                    () -> session.changedBytes(database.name()),
                                    EstimateSource.CHANGED_PAGES)
                            .orElse(Estimate.NONE);
            case LOG -> Estimate.NONE;
        };
    }

    /** A database that is not open cannot be asked what is in it. */
    private static Optional<Estimate> known(
            boolean online, Supplier<OptionalLong> bytes, EstimateSource source) {
        OptionalLong told = online ? bytes.get() : OptionalLong.empty();
        return told.isPresent()
                ? Optional.of(new Estimate(told.getAsLong(), source))
                : Optional.empty();
    }

    /** A history that cannot be read costs the estimate, not the backup. */
    private Optional<RunRecord> lastRun() {
        try {
            return history.lastBackup(
                    request.server(), database.name(), request.type().word(request.scope().word()));
        } catch (IOException e) {
            notes.add(Told.of("note.noHistory", e.toString()));
            return Optional.empty();
        }
    }
}
