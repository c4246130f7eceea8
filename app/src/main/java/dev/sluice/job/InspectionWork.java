package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.media.StripeReader;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
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
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The server looks at a set for a restore: RESTORE HEADERONLY or FILELISTONLY. Both take one device
 * only; every stripe begins with all they tell.
 */
final class InspectionWork implements JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(InspectionWork.class);

    private final RestorePlan plan;
    private final RestoreStep step;
    private final RestoreStatement.Kind look;
    private @Nullable StripeReader reader;

    /**
     * @param look HEADERONLY or FILELISTONLY; a set's header comes before its files
     */
    InspectionWork(RestorePlan plan, RestoreStep step, RestoreStatement.Kind look) {
        this.plan = plan;
        this.step = step;
        this.look = look;
    }

    @Override
    public JobKind kind() {
        return JobKind.INSPECTION;
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public String title() {
        return "The look (%s) for %s"
                .formatted(look, plan.title("the restore of " + step.folder()));
    }

    @Override
    public String database() {
        return plan.database();
    }

    @Override
    public @Nullable String type() {
        BackupSet present = step.set();
        return present == null ? null : present.manifest().type().word();
    }

    @Override
    public Path set() {
        return step.folder();
    }

    @Override
    public Path stripe(int device) {
        return step.opened().stripePath(device);
    }

    /** The server decides how far it reads. */
    @Override
    public Estimate estimate() {
        return Estimate.NONE;
    }

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        if (isFirst()) {
            plan.check(session, facts);
        }
        reader = step.opened().openStripe(0);
    }

    private boolean isFirst() {
        return step.isFirst() && look == RestoreStatement.Kind.HEADERONLY;
    }

    private boolean isLast() {
        return step.isLast() && look == RestoreStatement.Kind.FILELISTONLY;
    }

    @Override
    public int devices() {
        return 1;
    }

    @Override
    public int features() {
        return Features.LIKE_PIPE;
    }

    @Override
    public int direction() {
        return Features.READ_MEDIA;
    }

    /** It answers with a table, and says nothing. */
    @Override
    public int doneMessage() {
        return 0;
    }

    @Override
    public String statement(List<String> devices) {
        return RestoreStatement.look(look, devices).toSql();
    }

    @Override
    public DeviceTransfer transfer(
            List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime) {
        StripeReader present = reader;
        List<StripeReader> readers = present == null ? List.of() : List.of(present);
        return DeviceTransfer.restore(
                opened, readers, RateLimit.of(plan.request().limitRate()), nanoTime);
    }

    /** The server alone knows whether it read all it needed. */
    @Override
    public boolean isUsable(Streaming streaming, CompletionGate gate) {
        return true;
    }

    @Override
    public String commit(Achievement achievement) throws JobException {
        closeStripe();
        List<ResultTable> tables = achievement.result().tables();
        if (tables.isEmpty() || tables.getFirst().rows().isEmpty()) {
            throw new JobException("the server answered RESTORE %s without a row".formatted(look));
        }
        if (look == RestoreStatement.Kind.HEADERONLY) {
            readHeader(tables.getFirst());
        } else {
            step.files(BackupContents.files(tables.getFirst()));
        }
        if (isLast()) {
            plan.decide();
        }
        return "%s is complete".formatted(title());
    }

    private void readHeader(ResultTable header) throws JobException {
        BackupContents told = BackupContents.of(header);
        String held = step.opened().manifest().database();
        if (told.type() != step.type()) {
            throw new JobException(
                    ("the manifest of %s speaks of a %s backup, and the server finds a %s one in"
                         + " its stripes; the set is not what it says, so do not restore it")
                            .formatted(step.folder(), step.type().word(), told.type().word()));
        }
        if (!told.database().equalsIgnoreCase(held)) {
            throw new JobException(
                    ("the manifest of %s speaks of the database \"%s\", and the server finds \"%s\""
                                    + " in its stripes; the set is not what it says, so do not"
                                    + " restore it")
                            .formatted(step.folder(), held, told.database()));
        }
        step.contents(told);
    }

    @Override
    public String discard() {
        closeStripe();
        return "Nothing was touched.";
    }

    /** A file that was only read: no trouble in closing it changes anything. */
    private void closeStripe() {
        StripeReader open = reader;
        reader = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.warn("Closing a stripe of {} met an error", step.folder(), e);
        }
    }
}
