package dev.sluice.job;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.DatabaseAccess;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.UserAccess;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A restore: from a backup set to a database, as planned. */
final class RestoreWork extends ReadingWork {

    /** For people: the machine's time, to the second. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Of a file. */
    private static final String ONLINE = "ONLINE";

    private final RestorePlan plan;
    private final RestoreStep step;
    private final JobContext context;
    private List<String> preceding = List.of();
    private @Nullable DatabaseInfo before;
    private boolean sent;
    private boolean restored;

    /**
     * @param step one of the plan's, which has been decided
     */
    RestoreWork(RestorePlan plan, RestoreStep step, JobContext context) {
        super(plan.request().limitRate());
        this.plan = plan;
        this.step = step;
        this.context = context;
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public JobRequest request() {
        return plan.request();
    }

    @Override
    public Told title() {
        String server = plan.request().server();
        // until the set is open, only it knows the name of its database
        return database().isEmpty()
                ? Told.of("title.restore", step.folder(), server)
                : Told.of("title.restore.as", step.folder(), server, database());
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

    @Override
    public void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException {
        BackupSet set = opened();
        before = Databases.exactly(database(), session.databases()).orElse(null);
        if (step.isFirst()) {
            plan.replace(before != null);
            // it was looked at a while ago
            RestoreTarget.check(plan.request(), set, database(), before, session.files());
            preceding = plan.preceding(before);
        }
        read(set.openStripes());
        log.info(
                Told.of(
                        "log.holds",
                        set.manifest().type(),
                        set.manifest().database(),
                        MOMENT.format(set.manifest().started().atZone(zone())),
                        new Told.Bytes(set.manifest().rawSize()),
                        devices()));
    }

    private ZoneId zone() {
        return context.clock().wall().getZone();
    }

    @Override
    public List<String> preceding() {
        return preceding;
    }

    @Override
    public String statement(List<String> devices) {
        sent = true;
        if (before != null && !preceding.isEmpty()) {
            plan.close(before.access());
        }
        return step.statement(database(), devices).toSql();
    }

    @Override
    public Told commit(Achievement achievement) throws JobException {
        closeStripes();
        restored = true;
        return switch (step.recovery()) {
            case Recovery.NoRecovery _ ->
                    Told.lines(Told.of("end.restore.waits", title()), parts(), stillClosed());
            case Recovery.Standby _ ->
                    Told.lines(
                            Told.of("end.restore.standby", title()),
                            require(DatabaseInfo.State.STANDBY));
            case Recovery.Recover _ ->
                    Told.lines(
                            Told.of("end.complete", title()),
                            partsOnline(),
                            require(DatabaseInfo.State.ONLINE));
        };
    }

    /** When the server succeeds with a stop that no log reaches, the database goes on waiting. */
    private Told require(DatabaseInfo.State wanted) throws JobException {
        try {
            DatabaseInfo now = context.signIn().ask(this::named).orElse(null);
            if (now == null || now.state() != wanted) {
                throw new JobException(whyNot(now));
            }
            return access(now);
        } catch (SqlServerException e) {
            return Told.lines(
                    Told.of("target.notSeen", database(), wanted, Told.of(e)), stillClosed());
        }
    }

    private Told whyNot(@Nullable DatabaseInfo now) {
        if (now == null) {
            return Told.of("why.noDatabase", database());
        }
        boolean stops = !(plan.request().options().stopAt() instanceof StopAt.End);
        return stops && now.state().awaitsRestore()
                ? Told.of(
                        "why.stopNotReached",
                        now.name(),
                        Databases.inWords(now.state()),
                        "RESTORE DATABASE %s WITH RECOVERY".formatted(TSql.quoteName(now.name())))
                : Told.of("why.otherState", now.name(), Databases.inWords(now.state()));
    }

    // ---- the files, where not the whole database was restored: its own state does not tell

    /** Told with success, a file that lacks log stays closed. */
    private Told partsOnline() throws JobException {
        List<DatabaseFile> files;
        try {
            files = partsNow();
        } catch (SqlServerException e) {
            return notLookedUp(e);
        }
        List<DatabaseFile> closed =
                files.stream()
                        .filter(file -> file.state() != null && !ONLINE.equals(file.state()))
                        .toList();
        if (!closed.isEmpty()) {
            throw new JobException(Told.of("why.filesClosed", inWords(closed)));
        }
        return files.isEmpty() ? Told.NOTHING : Told.of("files.restored", inWords(files));
    }

    /** What has become of them; empty where the whole database was restored. */
    private Told parts() {
        try {
            List<DatabaseFile> files = partsNow();
            return files.isEmpty() ? Told.NOTHING : Told.of("files.now", inWords(files));
        } catch (SqlServerException e) {
            return notLookedUp(e);
        }
    }

    private static Told notLookedUp(SqlServerException e) {
        return Told.of("files.unknown", Told.of(e));
    }

    private static Told inWords(List<DatabaseFile> files) {
        return Told.list(files.stream().map(RestoreWork::inWords).toList());
    }

    private static Told inWords(DatabaseFile file) {
        String state = file.state();
        return state == null
                ? Told.of("files.one.unknown", file.logicalName())
                : Told.of("files.one", file.logicalName(), state);
    }

    /** Only after the last restore they are all there. */
    private List<DatabaseFile> partsNow() throws SqlServerException {
        Set<String> parts = plan.parts();
        if (parts.isEmpty() || (restored && !step.isLast())) {
            return List.of();
        }
        return context.signIn().ask(SqlSession::files).stream()
                .filter(file -> file.database().equals(database()))
                .filter(file -> parts.contains(file.logicalName()))
                .toList();
    }

    private Optional<DatabaseInfo> named(SqlSession session) throws SqlServerException {
        return Databases.present(database(), session.databases());
    }

    @Override
    public Told discard() {
        closeStripes();
        return sent || !step.isFirst() ? targetNow() : Told.of("left.untouched");
    }

    /** Asks the server what it made of the target, rather than promising it. */
    private Told targetNow() {
        try {
            DatabaseInfo now = context.signIn().ask(this::named).orElse(null);
            return now == null
                    ? Told.of("target.gone", database())
                    : Told.lines(describe(now), parts(), access(now));
        } catch (SqlServerException e) {
            return Told.lines(Told.of("target.unknown", database(), Told.of(e)), stillClosed());
        }
    }

    private Told describe(DatabaseInfo target) {
        String name = target.name();
        Told state = Databases.inWords(target.state());
        boolean untouched = step.isFirst() && before != null && before.state() == target.state();
        if (untouched && inUse(target)) {
            // of a database in use, some files may wait for the rest of their restore
            return plan.parts().isEmpty()
                    ? Told.of("target.asBefore", name, state)
                    : Told.of("target.itself", name, state);
        }
        if (restored || inUse(target)) {
            return Told.of("target.now", name, state);
        }
        return step.isFirst()
                ? Told.of("target.unusable", name, state)
                : Told.of("target.notYetUsable", name, state, step.folder());
    }

    private static boolean inUse(DatabaseInfo target) {
        return target.state() == DatabaseInfo.State.ONLINE
                || target.state() == DatabaseInfo.State.STANDBY;
    }

    // ---- the connections that were closed

    /**
     * Admits again whom the database admitted before its connections were closed, and tells what
     * came of it. After a restore it admits those that it did when it was backed up.
     */
    private Told access(DatabaseInfo now) {
        UserAccess admitted = plan.admitted();
        if (admitted == null || (!restored && now.access() == admitted)) {
            return Told.NOTHING;
        }
        if (!inUse(now)) {
            return stillClosed();
        }
        String reopen = DatabaseAccess.reopen(now.name(), admitted);
        try {
            context.signIn()
                    .ask(
                            session -> {
                                session.execute(DatabaseAccess.LEAVE, message -> {});
                                return session.execute(reopen, message -> {});
                            });
            return Told.of("access.again", now.name(), admitted);
        } catch (SqlServerException e) {
            return Told.of("access.notAgain", now.name(), Told.of(e), reopen);
        }
    }

    private Told stillClosed() {
        UserAccess admitted = plan.admitted();
        return admitted == null
                ? Told.NOTHING
                : Told.of("access.closed", database(), DatabaseAccess.reopen(database(), admitted));
    }
}
