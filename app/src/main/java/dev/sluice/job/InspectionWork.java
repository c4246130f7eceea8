package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.ResultTable;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The server looks at a set for a restore: RESTORE HEADERONLY or FILELISTONLY. Both take one device
 * only; every stripe begins with all they tell.
 */
final class InspectionWork extends LookWork {

    private final RestorePlan plan;
    private final RestoreStep step;
    private final RestoreStatement.Kind look;
    private final boolean begins;
    private @Nullable JobLog log;

    /**
     * @param look HEADERONLY or FILELISTONLY; a set's header comes before its files
     * @param begins whether a restore begins with it, rather than a plan of one
     */
    InspectionWork(RestorePlan plan, RestoreStep step, RestoreStatement.Kind look, boolean begins) {
        super(plan.request().limitRate());
        this.plan = plan;
        this.step = step;
        this.look = look;
        this.begins = begins;
    }

    /** A restore that ends here, refused or stopped, was a restore all the same. */
    @Override
    public @Nullable JobKind recordedAs(RunRecord.Outcome outcome) {
        boolean ends =
                outcome == RunRecord.Outcome.FAILED || outcome == RunRecord.Outcome.CANCELLED;
        return begins && ends ? JobKind.RESTORE : null;
    }

    @Override
    public JobKind kind() {
        return JobKind.INSPECTION;
    }

    @Override
    public Told title() {
        // until the set is open, only it knows the name of its database
        return database().isEmpty()
                ? Told.of("title.look", look, step.folder(), plan.request().server())
                : Told.of(
                        "title.look.as", look, step.folder(), plan.request().server(), database());
    }

    @Override
    public String database() {
        return plan.database();
    }

    @Override
    @Nullable BackupSet present() {
        return step.set();
    }

    @Override
    public Path set() {
        return step.folder();
    }

    /** The server decides how far it reads. */
    @Override
    public Estimate estimate() {
        return Estimate.NONE;
    }

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        this.log = log;
        if (isFirst()) {
            plan.check(session, facts);
        }
        read(List.of(opened().openStripe(0)));
    }

    private boolean isFirst() {
        return step.isFirst() && look == RestoreStatement.Kind.HEADERONLY;
    }

    private boolean isLast() {
        return step.isLast() && look == RestoreStatement.Kind.FILELISTONLY;
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
    public Told commit(Achievement achievement) throws JobException {
        closeStripes();
        List<ResultTable> tables = achievement.result().tables();
        if (tables.isEmpty() || tables.getFirst().rows().isEmpty()) {
            throw new JobException(Told.of("odd.noRow", look));
        }
        if (look == RestoreStatement.Kind.HEADERONLY) {
            readHeader(tables.getFirst());
        } else {
            step.files(BackupContents.files(tables.getFirst()));
            step.databaseKeys(BackupContents.databaseKeys(tables.getFirst()));
        }
        if (isLast()) {
            plan.decide();
            JobLog told = Objects.requireNonNull(log);
            plan.judgement().ifPresent(told::info);
            plan.warnings().forEach(told::warning);
        }
        return Told.of("end.complete", title());
    }

    private void readHeader(ResultTable header) throws JobException {
        BackupContents told = BackupContents.of(header);
        String held = opened().manifest().database();
        if (told.type() != step.type()) {
            throw new JobException(
                    Told.of("refused.otherType", step.folder(), step.type(), told.type()));
        }
        if (!told.database().equalsIgnoreCase(held)) {
            throw new JobException(
                    Told.of("refused.otherDatabase", step.folder(), held, told.database()));
        }
        step.contents(told);
        // without the key, the server could not even list the files
        plan.requireKey(step);
    }
}
