package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.media.BackupSet;
import dev.sluice.media.StripeReader;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.RateLimit;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.protocol.Features;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A restore: from a backup set to a database. */
final class RestoreWork implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreWork.class);

    /** A message every so many percent. */
    private static final int STATS = 5;

    /** For people: the machine's time, to the second. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final RestoreRequest request;
    private final Path folder;
    private final JobContext context;
    private volatile @Nullable BackupSet set;
    private List<StripeReader> readers = List.of();
    private @Nullable DatabaseInfo before;
    private boolean sent;

    /**
     * @param folder one of the request's sets
     */
    RestoreWork(RestoreRequest request, Path folder, JobContext context) {
        this.request = request;
        this.folder = folder;
        this.context = context;
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public String title() {
        String target = database();
        // until the set is open, only it knows the name of its database
        String as = target.isEmpty() ? "" : " as \"%s\"".formatted(target);
        return "The restore of %s%s on %s".formatted(folder, as, request.server());
    }

    @Override
    public String database() {
        String asked = request.database();
        if (asked != null) {
            return asked;
        }
        BackupSet present = set;
        return present == null ? "" : present.manifest().database();
    }

    @Override
    public @Nullable String type() {
        BackupSet present = set;
        return present == null ? null : present.manifest().type().word();
    }

    @Override
    public Path set() {
        return folder;
    }

    @Override
    public Path stripe(int device) {
        return opened().stripePath(device);
    }

    @Override
    public Estimate estimate() {
        BackupSet present = set;
        return present == null
                ? Estimate.NONE
                : new Estimate(present.manifest().rawSize(), EstimateSource.BACKUP_SET);
    }

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        BackupSet present = BackupSet.open(folder);
        set = present;
        requireStatement(present);
        Preflight.memory(request.transfer());
        before = Databases.find(database(), session.databases()).orElse(null);
        RestoreTarget.check(request, present, database(), before);
        readers = present.openStripes();
        log.info(
                "The set holds a %s backup of \"%s\", taken %s: %,d bytes in %d stripes"
                        .formatted(
                                present.manifest().type().word(),
                                present.manifest().database(),
                                MOMENT.format(present.manifest().started().atZone(zone())),
                                present.manifest().rawSize(),
                                readers.size()));
    }

    private ZoneId zone() {
        return context.clock().wall().getZone();
    }

    @Override
    public int devices() {
        return readers.size();
    }

    @Override
    public int features() {
        return Features.LIKE_PIPE;
    }

    @Override
    public int direction() {
        return Features.READ_MEDIA;
    }

    @Override
    public String statement(List<String> devices) {
        sent = true;
        return statement(opened(), devices);
    }

    /** A name that no server accepts is refused before anything is touched. */
    private void requireStatement(BackupSet present) throws JobException {
        try {
            statement(present, List.of("device"));
        } catch (IllegalArgumentException e) {
            throw new JobException(String.valueOf(e.getMessage()), e);
        }
    }

    private String statement(BackupSet present, List<String> devices) {
        TransferOptions sizes =
                new TransferOptions(
                        present.manifest().blockSize(),
                        request.transfer().bufferCount(),
                        request.transfer().maxTransferSize());
        boolean isFull = present.manifest().type() == BackupType.FULL;
        RestoreStatement.Options options =
                new RestoreStatement.Options(
                        0,
                        false,
                        request.options().replace() && isFull,
                        false,
                        recovery(),
                        new StopAt.End(),
                        List.of(),
                        sizes,
                        STATS);
        return new RestoreStatement(
                        RestoreStatement.Kind.DATABASE,
                        database(),
                        new Scope.WholeDatabase(),
                        devices,
                        options)
                .toSql();
    }

    private Recovery recovery() {
        return folder.equals(request.lastSet())
                ? request.options().recovery()
                : new Recovery.NoRecovery();
    }

    @Override
    public DeviceTransfer transfer(
            List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime) {
        return DeviceTransfer.restore(opened, readers, RateLimit.of(request.limitRate()), nanoTime);
    }

    /** The server alone knows whether it read all it needed. */
    @Override
    public boolean isUsable(Streaming streaming, CompletionGate gate) {
        return true;
    }

    @Override
    public String commit(Achievement achievement) {
        closeStripes();
        return recovery() instanceof Recovery.NoRecovery
                ? "%s is complete; the database waits for a further restore".formatted(title())
                : "%s is complete".formatted(title());
    }

    @Override
    public String discard() {
        closeStripes();
        return sent ? targetNow() : "Nothing was touched.";
    }

    /** Asks the server what it made of the target, rather than promising it. */
    private String targetNow() {
        try (SqlSession session = context.server().connect()) {
            return Databases.find(database(), session.databases())
                    .map(this::describe)
                    .orElse("There is no database \"%s\" on the server.".formatted(database()));
        } catch (SqlServerException e) {
            return "The state of \"%s\" could not be looked up: %s"
                    .formatted(database(), e.getMessage());
        }
    }

    private String describe(DatabaseInfo target) {
        if (before != null && before.state() == target.state()) {
            return "\"%s\" is %s, as it was before.".formatted(target.name(), target.state());
        }
        String use =
                target.state() == DatabaseInfo.State.ONLINE
                                || target.state() == DatabaseInfo.State.STANDBY
                        ? ""
                        : " and cannot be used; restore it again or drop it";
        return "\"%s\" is %s now%s.".formatted(target.name(), target.state(), use);
    }

    /** Files that were only read: no trouble in closing them changes what the restore did. */
    private void closeStripes() {
        List<StripeReader> open = readers;
        readers = List.of();
        for (StripeReader reader : open) {
            try {
                reader.close();
            } catch (IOException e) {
                LOG.warn("Closing a stripe of {} met an error", folder, e);
            }
        }
    }

    private BackupSet opened() {
        return Objects.requireNonNull(set, "the set is opened when the job prepares");
    }
}
