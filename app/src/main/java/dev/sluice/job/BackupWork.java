package dev.sluice.job;

import dev.sluice.media.BackupSetException;
import dev.sluice.media.BackupSetWriter;
import dev.sluice.media.Manifest;
import dev.sluice.media.ManifestFacts;
import dev.sluice.media.Remains;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TailLog;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.RateLimit;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A backup: from a database to a backup set. */
final class BackupWork implements JobWork {

    private final BackupRequest request;
    private final JobContext context;

    /** As asked for, then as the server spells it. */
    private volatile String name;

    private @Nullable String instance;
    private volatile @Nullable BackupSetWriter writer;
    private volatile Estimate estimate = Estimate.NONE;
    private boolean sent;

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
    public JobRequest request() {
        return request;
    }

    @Override
    public Told title() {
        return Told.of(
                "title.backup", request.type(), name, request.server(), request.destination());
    }

    @Override
    public String database() {
        return name;
    }

    @Override
    public String type() {
        return request.type().word(request.scope().word());
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

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        BackupCheck check = BackupCheck.of(request, name, session, facts, context.history());
        instance = facts.instance();
        name = check.database().name();
        estimate = check.estimate();
        check.notes().forEach(log::warning);
        for (Remains remains : check.removable()) {
            remove(remains, log);
        }
        writer =
                BackupSetWriter.create(
                        request.destination(),
                        request.server(),
                        name,
                        request.type(),
                        request.devices(),
                        LocalDateTime.now(context.clock().wall()));
    }

    private static void remove(Remains remains, JobLog log) throws IOException {
        try {
            remains.remove();
            log.info(
                    Told.of(
                            "log.removed",
                            remains.directory(),
                            remains.files().size(),
                            new Told.Bytes(remains.bytes())));
        } catch (BackupSetException e) {
            log.warning(Told.of(e));
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
        sent = true;
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
    public Told commit(Achievement achievement) throws IOException {
        Manifest manifest =
                made().commit(
                                new ManifestFacts(
                                        ToolVersion.get(),
                                        instance,
                                        request.scope().word(),
                                        request.options().copyOnly(),
                                        achievement.statement(),
                                        achievement.configuration().blockSize(),
                                        achievement.configuration().maxTransferSize(),
                                        achievement.result().messages(),
                                        achievement.trigger(),
                                        achievement.started(),
                                        achievement.finished()));
        return Told.lines(
                Told.of(
                        "end.backup",
                        title(),
                        new Told.Bytes(manifest.rawSize()),
                        manifest.stripes().size(),
                        made().directory()),
                afterTail(Told.NOTHING));
    }

    @Override
    public Told discard() throws IOException {
        BackupSetWriter present = writer;
        if (present == null) {
            return Told.of("left.untouched");
        }
        present.discard();
        return Told.lines(removed(present.directory()), afterTail(backOnline()));
    }

    private Told removed(Path folder) {
        if (Files.exists(folder)) {
            return Told.of("left.otherFiles", folder);
        }
        return mayLeaveRestoring() ? Told.of("left.removed") : Told.of("left.onlyRead");
    }

    @Override
    public Told setAside() throws IOException {
        if (request.type() != BackupType.LOG) {
            return discard();
        }
        Told what =
                mayBeOnlyCopy()
                        ? Told.of("left.logStays.onlyCopy")
                        : Told.of("left.logStays.notNeeded");
        return Told.lines(
                Told.row(Told.of("left.logStays", made().directory()), what, keep()),
                afterTail(backOnline()));
    }

    @Override
    public List<Told> onLostSet() {
        boolean copy = request.options().copyOnly();
        TailLog tail = request.options().tail();
        return switch (request.type()) {
            case FULL -> copy ? List.of() : List.of(Told.of("lost.base"));
            case DIFFERENTIAL -> List.of();
            // NO_TRUNCATE copies the log as COPY_ONLY does
            case LOG ->
                    !tail.noRecovery() && (copy || tail.noTruncate())
                            ? List.of()
                            : List.of(Told.of("lost.chain"));
        };
    }

    /** What went wrong in keeping the data, which is there all the same; mostly nothing. */
    private Told keep() {
        try {
            made().setAside();
            return Told.NOTHING;
        } catch (BackupSetException e) {
            return new Told.Joined("", List.of(e.told(), Told.asIs(".")));
        }
    }

    /** A copy-only log backup releases nothing; a tail is taken of what may be gone tomorrow. */
    private boolean mayBeOnlyCopy() {
        BackupStatement.Options options = request.options();
        return !options.copyOnly() || options.tail() != TailLog.NONE;
    }

    private boolean mayLeaveRestoring() {
        return sent && request.options().tail().noRecovery();
    }

    private Told backOnline() {
        return Told.of(
                "tail.backOnline",
                "RESTORE DATABASE %s WITH RECOVERY".formatted(TSql.quoteName(name)));
    }

    /**
     * Asks the server what it made of a database whose tail was backed up, rather than promising
     * it.
     *
     * @param advice for one that waits for a restore
     */
    private Told afterTail(Told advice) {
        if (!mayLeaveRestoring()) {
            return Told.NOTHING;
        }
        try {
            return context.signIn()
                    .ask(session -> Databases.find(name, session.databases()))
                    .map(
                            now ->
                                    Told.row(
                                            Told.of(
                                                    "target.now",
                                                    now.name(),
                                                    Databases.inWords(now.state())),
                                            now.state().awaitsRestore() ? advice : Told.NOTHING))
                    .orElse(Told.of("target.goneNow", name));
        } catch (SqlServerException e) {
            return Told.of("target.unknown", name, Told.of(e));
        }
    }

    private BackupSetWriter made() {
        return Objects.requireNonNull(writer, "the backup set is made when the job prepares");
    }
}
