package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.BackupSetWriter;
import dev.sluice.media.Manifest;
import dev.sluice.media.ManifestFacts;
import dev.sluice.media.Remains;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.RateLimit;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.protocol.Features;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A backup: from a database to a backup set. */
final class BackupWork implements JobWork {

    private final BackupRequest request;
    private final JobContext context;

    /** As asked for, then as the server spells it. */
    private volatile String name;

    private @Nullable String instance;
    private volatile @Nullable BackupSetWriter writer;
    private volatile Estimate estimate = Estimate.NONE;

    /**
     * @param database one of the request's
     */
    BackupWork(BackupRequest request, String database, JobContext context) {
        this.request = request;
        this.name = database;
        this.context = context;
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    @Override
    public String title() {
        return "The %s backup of \"%s\" on %s to %s"
                .formatted(request.type().word(), name, request.server(), request.destination());
    }

    @Override
    public String database() {
        return name;
    }

    @Override
    public String type() {
        return request.type().word();
    }

    @Override
    public @Nullable Path set() {
        BackupSetWriter present = writer;
        return present == null ? null : present.directory();
    }

    @Override
    public Path stripe(int device) {
        return made().stripePathNow(device);
    }

    @Override
    public Estimate estimate() {
        return estimate;
    }

    /**
     * One of the request's databases as the server has it, if it can be backed up. Touches nothing.
     */
    static DatabaseInfo checked(
            BackupRequest request, String name, SqlSession session, ServerFacts facts)
            throws JobException, SqlServerException {
        DatabaseInfo database = Databases.named(name, session.databases());
        Preflight.backup(request, database, facts);
        Preflight.memory(request.options().transfer());
        Destination.check(request.destination());
        return database;
    }

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        DatabaseInfo database = checked(request, name, session, facts);
        instance = facts.instance();
        name = database.name();
        Preflight.notes(request, database, facts).forEach(log::warning);
        estimate = estimate(database, session, log);
        BackupSetWriter made =
                BackupSetWriter.create(
                        request.destination(),
                        request.server(),
                        name,
                        request.type(),
                        request.devices(),
                        LocalDateTime.now(context.clock().wall()));
        writer = made;
        Path siblings = Objects.requireNonNull(made.directory().getParent());
        lookAround(siblings, log);
        requireSpace(siblings, session, log);
    }

    /** What the server compresses may do with less room than it is expected to need. */
    private void requireSpace(Path folder, SqlSession session, JobLog log)
            throws IOException, JobException {
        Optional<String> lack = Destination.lackOfSpace(folder, estimate);
        if (lack.isEmpty()) {
            return;
        }
        boolean compressed =
                switch (request.options().compression()) {
                    case Compression.None _ -> false;
                    case Compression.On _, Compression.With _ -> true;
                    case Compression.ServerDefault _ -> session.compressesBackups();
                };
        if (!compressed) {
            throw new JobException(lack.get() + "; make room or choose another destination");
        }
        log.warning(lack.get() + " before the server compresses it");
    }

    /** Remains of dead runs of this database give their space back; live ones are let be. */
    private void lookAround(Path siblings, JobLog log) throws IOException {
        BackupCatalog catalog = BackupCatalog.find(siblings);
        for (Remains remains : catalog.remains()) {
            if (!remains.running()) {
                remove(remains, log);
            }
        }
        if (request.type() == BackupType.DIFFERENTIAL && !hasFull(catalog)) {
            log.warning(
                    "There is no full backup of \"%s\" under %s; a differential can only be restored"
                                    .formatted(name, siblings)
                            + " after the full backup it is based on");
        }
    }

    private static boolean hasFull(BackupCatalog catalog) {
        return catalog.sets().stream()
                .map(set -> set.manifest())
                .anyMatch(found -> found.type() == BackupType.FULL && !found.copyOnly());
    }

    private static void remove(Remains remains, JobLog log) throws IOException {
        try {
            remains.remove();
            log.info(
                    "Removed what an interrupted run left in %s: %d files, %,d bytes"
                            .formatted(
                                    remains.directory(), remains.files().size(), remains.bytes()));
        } catch (BackupSetException e) {
            log.warning(String.valueOf(e.getMessage()));
        }
    }

    private Estimate estimate(DatabaseInfo database, SqlSession session, JobLog log) {
        Optional<RunRecord> lastRun = lastRun(log);
        if (lastRun.isPresent()) {
            return new Estimate(lastRun.get().bytes(), EstimateSource.LAST_RUN);
        }
        if (!(request.scope() instanceof Scope.WholeDatabase)) {
            return Estimate.NONE;
        }
        boolean online = database.state() == DatabaseInfo.State.ONLINE;
        return switch (request.type()) {
            case FULL ->
                    known(
                                    online,
                                    () -> session.allocatedBytes(name),
                                    EstimateSource.ALLOCATED_PAGES)
                            .orElse(
                                    new Estimate(
                                            database.sizeBytes(), EstimateSource.DATABASE_SIZE));
            case DIFFERENTIAL ->
                    known(online, () -> session.changedBytes(name), EstimateSource.CHANGED_PAGES)
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
    private Optional<RunRecord> lastRun(JobLog log) {
        try {
            return context.history().lastBackup(request.server(), name, request.type().word());
        } catch (IOException e) {
            log.warning("The history of runs cannot be read: " + e);
            return Optional.empty();
        }
    }

    @Override
    public int devices() {
        return request.devices();
    }

    @Override
    public int features() {
        return Features.LIKE_PIPE | Features.REQUEST_COMPLETE;
    }

    @Override
    public int direction() {
        return Features.WRITE_MEDIA;
    }

    @Override
    public String statement(List<String> devices) {
        return request.statement(name, devices).toSql();
    }

    @Override
    public DeviceTransfer transfer(
            List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime) {
        return DeviceTransfer.backup(
                opened, made().stripes(), RateLimit.of(request.limitRate()), gate, nanoTime);
    }

    /** A stream that was cut is no backup, whatever the statement says. */
    @Override
    public boolean isUsable(Streaming streaming, CompletionGate gate) {
        return streaming.isWhole(gate);
    }

    @Override
    public String commit(Achievement achievement) throws IOException {
        Manifest manifest =
                made().commit(
                                new ManifestFacts(
                                        ToolVersion.get(),
                                        instance,
                                        request.options().copyOnly(),
                                        achievement.statement(),
                                        achievement.configuration().blockSize(),
                                        achievement.configuration().maxTransferSize(),
                                        achievement.result().messages(),
                                        achievement.trigger(),
                                        achievement.started(),
                                        achievement.finished()));
        return "%s is complete: %,d bytes in %d stripes, in %s"
                .formatted(
                        title(), manifest.rawSize(), manifest.stripes().size(), made().directory());
    }

    @Override
    public String discard() throws IOException {
        BackupSetWriter present = writer;
        if (present == null) {
            return "Nothing was touched.";
        }
        present.discard();
        return Files.exists(present.directory())
                ? "The partial files were removed; other files in %s stay."
                        .formatted(present.directory())
                : "The partial files were removed; the database was only read.";
    }

    private BackupSetWriter made() {
        return Objects.requireNonNull(writer, "the backup set is made when the job prepares");
    }
}
