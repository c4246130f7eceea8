package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    public Told title() {
        return Told.of("title.verification", request.set(), request.server());
    }

    @Override
    public String database() {
        BackupSet present = set;
        return present == null
                ? SetOwner.byFolders(request.set()).database()
                : present.manifest().database();
    }

    @Override
    @Nullable BackupSet present() {
        return set;
    }

    @Override
    public Path set() {
        return request.set();
    }

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException {
        BackupSet present = BackupSet.open(request.set());
        set = present;
        requireVersion(present, facts);
        read(present.openStripes());
    }

    /** What a newer server wrote may look like damage to an older one. */
    private void requireVersion(BackupSet present, ServerFacts facts) throws JobException {
        Manifest.Header header = present.manifest().header();
        int made = header == null ? 0 : ServerFacts.majorVersion(header.serverVersion());
        int server = facts.majorVersion();
        if (made > server && server > 0) {
            throw new JobException(
                    Told.of("refused.newerVersion", request.set(), made, request.server(), server));
        }
    }

    // of a set without a header nobody knows which version wrote it
    @Override
    public boolean isForServerToJudge() {
        BackupSet present = set;
        return present == null
                || present.manifest().header() != null
                || present.manifest().server().equals(request.server());
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
    public Told commit(Achievement achievement) {
        closeStripes();
        return Told.of("end.verification", title());
    }
}
