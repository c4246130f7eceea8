package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.media.BackupSet;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The server reads a whole backup set and checks it: RESTORE VERIFYONLY. */
final class VerificationWork extends LookWork {

    /** The backup set is valid. */
    private static final int VALID = 3262;

    /** A message every so many percent. */
    private static final int STATS = 5;

    private final VerifyRequest request;
    private volatile @Nullable BackupSet set;

    VerificationWork(VerifyRequest request) {
        super(request.limitRate());
        this.request = request;
    }

    @Override
    public JobKind kind() {
        return JobKind.VERIFICATION;
    }

    @Override
    public String title() {
        return "The verification of %s by %s".formatted(request.set(), request.server());
    }

    @Override
    public String database() {
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
        return request.set();
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
    public void prepare(SqlSession session, ServerFacts facts, JobLog log) throws IOException {
        BackupSet present = BackupSet.open(request.set());
        set = present;
        read(present.openStripes());
    }

    @Override
    public int doneMessage() {
        return VALID;
    }

    @Override
    public String statement(List<String> devices) {
        RestoreStatement.Options options =
                new RestoreStatement.Options(
                        0,
                        false,
                        false,
                        false,
                        new Recovery.Recover(),
                        new StopAt.End(),
                        List.of(),
                        TransferOptions.NONE,
                        STATS);
        return new RestoreStatement(
                        RestoreStatement.Kind.VERIFYONLY,
                        "",
                        new Scope.WholeDatabase(),
                        devices,
                        options)
                .toSql();
    }

    @Override
    public String commit(Achievement achievement) {
        closeStripes();
        return "%s is complete: the server calls the set valid".formatted(title());
    }

    private BackupSet opened() {
        return Objects.requireNonNull(set, "the set is opened when the job prepares");
    }
}
