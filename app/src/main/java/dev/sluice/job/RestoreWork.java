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

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final FinalLook look;
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
        this.look = new FinalLook(context.server());
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public String title() {
        return plan.title("The restore of " + step.folder());
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
        look.use(session);
        before = Databases.exactly(database(), session.databases()).orElse(null);
        if (step.isFirst()) {
            plan.replace(before != null);
            // it was looked at a while ago
            RestoreTarget.check(plan.request(), set, database(), before, session.files());
            preceding = plan.preceding(before);
        }
        read(set.openStripes());
        log.info(
                "The set holds a %s backup of \"%s\", taken %s: %,d bytes in %d stripes"
                        .formatted(
                                set.manifest().type().word(),
                                set.manifest().database(),
                                MOMENT.format(set.manifest().started().atZone(zone())),
                                set.manifest().rawSize(),
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
    public String commit(Achievement achievement) throws JobException {
        closeStripes();
        restored = true;
        String done = "%s is complete".formatted(title());
        return switch (step.recovery()) {
            case Recovery.NoRecovery _ ->
                    "%s; the database waits for a further restore%s%s"
                            .formatted(done, parts(), stillClosed());
            case Recovery.Standby _ ->
                    done
                            + "; the database can be read, and waits for a further restore"
                            + require(DatabaseInfo.State.STANDBY);
            case Recovery.Recover _ -> done + partsOnline() + require(DatabaseInfo.State.ONLINE);
        };
    }

    /** When the server succeeds with a stop that no log reaches, the database goes on waiting. */
    private String require(DatabaseInfo.State wanted) throws JobException {
        try {
            DatabaseInfo now = look.ask(this::named).orElse(null);
            if (now == null || now.state() != wanted) {
                throw new JobException(whyNot(now));
            }
            return access(now);
        } catch (SqlServerException e) {
            return ". Whether \"%s\" is %s could not be looked up: %s%s"
                    .formatted(database(), wanted, e.getMessage(), stillClosed());
        }
    }

    private String whyNot(@Nullable DatabaseInfo now) {
        if (now == null) {
            return "the server reports success, and has no database \"%s\"".formatted(database());
        }
        boolean stops = !(plan.request().options().stopAt() instanceof StopAt.End);
        return stops && now.state().awaitsRestore()
                ? ("the server restored everything and left \"%s\" %s: the point to stop at lies"
                       + " after the end of the last log backup. Restore the log backup that has"
                       + " it, or end the restore here with RESTORE DATABASE %s WITH RECOVERY")
                        .formatted(now.name(), now.state(), TSql.quoteName(now.name()))
                : "the server reports success, and \"%s\" is %s; its error log tells why"
                        .formatted(now.name(), now.state());
    }

    // ---- the files, where not the whole database was restored: its own state does not tell

    /** Told with success, a file that lacks log stays closed. */
    private String partsOnline() throws JobException {
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
            throw new JobException(
                    ("the server reports success, and of the restored files %s. A file can be used"
                         + " once every log backup taken since its own backup has been restored,"
                         + " the tail of the log last: restore those, too")
                            .formatted(inWords(closed)));
        }
        return files.isEmpty() ? "" : ". Of the restored files, " + inWords(files);
    }

    /** What has become of them; empty where the whole database was restored. */
    private String parts() {
        try {
            List<DatabaseFile> files = partsNow();
            return files.isEmpty()
                    ? ""
                    : "\nOf the files to restore, %s.".formatted(inWords(files));
        } catch (SqlServerException e) {
            return notLookedUp(e);
        }
    }

    private static String notLookedUp(SqlServerException e) {
        return "\nThe state of the restored files could not be looked up: " + e.getMessage();
    }

    private static String inWords(List<DatabaseFile> files) {
        return files.stream()
                .map(
                        file ->
                                "\"%s\" is %s"
                                        .formatted(
                                                file.logicalName(),
                                                file.state() == null
                                                        ? "in a state the server does not tell"
                                                        : file.state()))
                .collect(Collectors.joining(", "));
    }

    /** Only after the last restore they are all there. */
    private List<DatabaseFile> partsNow() throws SqlServerException {
        Set<String> parts = plan.parts();
        if (parts.isEmpty() || (restored && !step.isLast())) {
            return List.of();
        }
        return look.ask(SqlSession::files).stream()
                .filter(file -> file.database().equals(database()))
                .filter(file -> parts.contains(file.logicalName()))
                .toList();
    }

    private Optional<DatabaseInfo> named(SqlSession session) throws SqlServerException {
        return Databases.present(database(), session.databases());
    }

    @Override
    public String discard() {
        closeStripes();
        return sent || !step.isFirst() ? targetNow() : "Nothing was touched.";
    }

    /** Asks the server what it made of the target, rather than promising it. */
    private String targetNow() {
        try {
            DatabaseInfo now = look.ask(this::named).orElse(null);
            return now == null
                    ? "There is no database \"%s\" on the server.".formatted(database())
                    : describe(now) + parts() + access(now);
        } catch (SqlServerException e) {
            return "The state of \"%s\" could not be looked up: %s%s"
                    .formatted(database(), e.getMessage(), stillClosed());
        }
    }

    private String describe(DatabaseInfo target) {
        boolean untouched = step.isFirst() && before != null && before.state() == target.state();
        if (untouched && inUse(target)) {
            // of a database in use, some files may wait for the rest of their restore
            return (plan.parts().isEmpty()
                            ? "\"%s\" is %s, as it was before."
                            : "\"%s\" itself is %s.")
                    .formatted(target.name(), target.state());
        }
        String then = "";
        if (!restored && !inUse(target)) {
            then =
                    step.isFirst()
                            ? " and cannot be used; restore it again or drop it"
                            : " and cannot be used yet: the sets before %s are restored. Go on with that set, or begin again with the first"
                                    .formatted(step.folder());
        }
        return "\"%s\" is %s now%s.".formatted(target.name(), target.state(), then);
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
    private String access(DatabaseInfo now) {
        UserAccess admitted = plan.admitted();
        if (admitted == null || (!restored && now.access() == admitted)) {
            return "";
        }
        if (!inUse(now)) {
            return stillClosed();
        }
        String reopen = DatabaseAccess.reopen(now.name(), admitted);
        try {
            look.ask(
                    session -> {
                        session.execute(DatabaseAccess.LEAVE, message -> {});
                        return session.execute(reopen, message -> {});
                    });
            return "\nConnections to \"%s\" are admitted again, as before: %s."
                    .formatted(now.name(), admitted);
        } catch (SqlServerException e) {
            return "\nConnections to \"%s\" could not be admitted again: %s To do: %s"
                    .formatted(now.name(), e.getMessage(), reopen);
        }
    }

    private String stillClosed() {
        UserAccess admitted = plan.admitted();
        return admitted == null
                ? ""
                : "\nOnce \"%s\" can be used, it may admit one connection only, until: %s"
                        .formatted(database(), DatabaseAccess.reopen(database(), admitted));
    }
}
