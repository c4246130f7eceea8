package dev.sluice.job;

import dev.sluice.job.SequenceRun.AfterFailure;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.RestoreStatement.Kind;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The one door to everything the product does: servers, jobs, profiles, history. The window and the
 * command line both stand before it. Safe from any thread.
 */
public final class SluiceEngine implements AutoCloseable {

    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);

    private final Folders folders;
    private final List<SqlServer> servers;
    private final @Nullable AddedServers added;
    private final JobClock clock;
    private final List<OwnedJob> jobs = new CopyOnWriteArrayList<>();
    private final ProfileStore profiles;
    private final RunHistory history;
    private boolean closed;

    /**
     * @param folders where profiles and history are; made when first needed
     * @param servers the servers that come with Sluice, by distinct names
     * @param added those that the user added; the caller closes it, after this
     */
    public SluiceEngine(Folders folders, List<SqlServer> servers, AddedServers added) {
        this(folders, servers, added, JobClock.system());
    }

    /** As the first, without added servers. */
    public SluiceEngine(Folders folders, List<SqlServer> servers) {
        this(folders, servers, null, JobClock.system());
    }

    /** As the first, without added servers and with clocks of the caller's choice. */
    public SluiceEngine(Folders folders, List<SqlServer> servers, JobClock clock) {
        this(folders, servers, null, clock);
    }

    private SluiceEngine(
            Folders folders,
            List<SqlServer> servers,
            @Nullable AddedServers added,
            JobClock clock) {
        this.folders = folders;
        this.servers = List.copyOf(servers);
        this.added = added;
        this.clock = clock;
        this.profiles = ProfileStore.of(folders);
        this.history = RunHistory.of(folders);
    }

    /** The servers that come with Sluice, in the order given. */
    public List<SqlServer> servers() {
        return servers;
    }

    /** The servers that the user added; null when the engine has none but its own. */
    public @Nullable AddedServers added() {
        return added;
    }

    /**
     * The names of all servers, read anew: first those that come with Sluice, then the added ones.
     * Waits for the disk.
     */
    public Listing<String> serverNames() {
        List<String> names = new ArrayList<>(servers.stream().map(SqlServer::name).toList());
        if (added == null) {
            return new Listing<>(names, List.of());
        }
        Listing<ServerDefinition> others = added.list();
        others.found().forEach(server -> names.add(server.name()));
        return new Listing<>(names, others.problems());
    }

    /**
     * The server of this name, one that comes with Sluice or one that the user added.
     *
     * @throws UnknownNameException when there is none; the message names those there are
     */
    public SqlServer server(String name) {
        Optional<SqlServer> own =
                servers.stream().filter(server -> server.name().equals(name)).findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        List<String> names = servers.stream().map(SqlServer::name).toList();
        if (added == null) {
            throw new UnknownNameException("server", name, names);
        }
        return added.find(name).orElseThrow(() -> added.unknown(name, names));
    }

    /**
     * Makes a backup job, not started yet. Of several databases each is a run of its own, one after
     * another; one that fails does not keep the others from running.
     *
     * @param trigger who or what starts it, as in {@link Triggers}
     * @throws UnknownNameException when there is no such server
     */
    public Job backup(BackupRequest request, String trigger) {
        SqlServer server = server(request.server());
        if (request.databases().size() == 1) {
            JobContext context = context(trigger, server, SignIn.ofOneRun(server));
            return add(backup(request, request.database(), context));
        }
        SignIn signIn = SignIn.shared(server);
        List<SequenceRun.Leg> legs = new ArrayList<>();
        for (String database : request.databases()) {
            JobContext context = context(trigger, server, signIn);
            legs.add(before -> backup(request, database, context));
        }
        SequenceRun.Whole whole = whole(JobKind.BACKUP, request.databasesInWords());
        return add(new SequenceRun(whole, signIn, legs, AfterFailure.GO_ON, clock));
    }

    private static JobRun backup(BackupRequest request, String database, JobContext context) {
        return new JobRun(context, new BackupWork(request, database, context));
    }

    /**
     * Makes a restore job, not started yet; otherwise as {@link #backup}. First the server looks at
     * every set, and whatever can be refused is refused; then each set is a run of its own. After
     * one that fails the others do not run.
     */
    public Job restore(RestoreRequest request, String trigger) {
        RestorePlan plan = new RestorePlan(request);
        SqlServer server = server(request.server());
        SignIn signIn = SignIn.shared(server);
        List<SequenceRun.Leg> legs = looks(plan, () -> context(trigger, server, signIn), true);
        for (RestoreStep step : plan.steps()) {
            JobContext context = context(trigger, server, signIn);
            legs.add(before -> new JobRun(context, new RestoreWork(plan, step, context)));
        }
        SequenceRun.Whole whole = whole(JobKind.RESTORE, null);
        return add(new SequenceRun(whole, signIn, legs, AfterFailure.STOP, clock));
    }

    /**
     * What a backup would run, for each of its databases, with example names for the devices. Waits
     * for the server; refuses what the run would refuse, by the very same checks, and touches
     * nothing.
     *
     * @throws UnknownNameException when there is no such server
     * @throws JobException when the backup would be refused
     * @throws IOException when the destination cannot be looked at
     */
    public List<PlannedBackup> plan(BackupRequest request)
            throws SqlServerException, JobException, IOException {
        SqlServer server = server(request.server());
        List<PlannedBackup> plans = new ArrayList<>();
        Map<FileStore, Long> taken = new HashMap<>();
        try (SqlSession session = server.connect()) {
            ServerFacts facts = session.facts();
            Preflight.server(server.name(), facts);
            List<String> devices =
                    DeviceSetHandle.names(DeviceSetHandle.EXAMPLE, request.devices());
            for (String database : request.databases()) {
                BackupCheck check = BackupCheck.of(request, database, session, facts, history);
                check.countAfter(taken);
                String name = check.database().name();
                plans.add(
                        new PlannedBackup(
                                name, request.statement(name, devices).toSql(), check.notes()));
            }
        }
        return List.copyOf(plans);
    }

    /**
     * Makes a job that does all of a restore that changes nothing, and knows its statements then;
     * otherwise as {@link #restore}.
     */
    public Plan plan(RestoreRequest request, String trigger) {
        RestorePlan plan = new RestorePlan(request);
        SqlServer server = server(request.server());
        SignIn signIn = SignIn.shared(server);
        List<SequenceRun.Leg> legs = looks(plan, () -> context(trigger, server, signIn), false);
        SequenceRun.Whole whole = whole(JobKind.INSPECTION, null);
        SequenceRun run = new SequenceRun(whole, signIn, legs, AfterFailure.STOP, clock);
        PlanRun job = new PlanRun(run, plan);
        add(job);
        return job;
    }

    /**
     * Makes a job in which the server checks a set, not started yet; otherwise as {@link #backup}.
     */
    public Job verify(VerifyRequest request, String trigger) {
        SqlServer server = server(request.server());
        JobContext context = context(trigger, server, SignIn.ofOneRun(server));
        return add(new JobRun(context, new VerificationWork(request)));
    }

    /**
     * Reads every byte of a backup set and compares it with the manifest, and keeps what it found
     * in the history. It takes as long as the disk does, on the calling thread; no server takes
     * part. A set that cannot even be opened, damaged or not, has a report as well.
     *
     * @param folder the one that holds manifest.json
     * @param trigger as in {@link Triggers}
     * @throws IOException when there is no set, and none that the history knows of ever was
     * @throws InterruptedException when the calling thread is interrupted; there is no verdict then
     */
    public SetCheck check(Path folder, String trigger, VerifyListener listener)
            throws IOException, InterruptedException {
        return new SetVerification(history, clock, newId(), folder, trigger).run(listener);
    }

    /** A look each at the headers and the files of every set. */
    private static List<SequenceRun.Leg> looks(
            RestorePlan plan, Supplier<JobContext> contexts, boolean begin) {
        List<SequenceRun.Leg> legs = new ArrayList<>();
        for (RestoreStep step : plan.steps()) {
            for (Kind look : List.of(Kind.HEADERONLY, Kind.FILELISTONLY)) {
                JobContext context = contexts.get();
                legs.add(
                        before -> new JobRun(context, new InspectionWork(plan, step, look, begin)));
            }
        }
        return legs;
    }

    private SequenceRun.Whole whole(JobKind kind, @Nullable String name) {
        return new SequenceRun.Whole(newId(), kind, name);
    }

    /** Makes the job of either kind, as {@link #backup} and {@link #restore} do. */
    public Job job(JobRequest request, String trigger) {
        return switch (request) {
            case BackupRequest backup -> backup(backup, trigger);
            case RestoreRequest restore -> restore(restore, trigger);
        };
    }

    /** The jobs made here, newest first, whether they still run or not. */
    public List<Job> jobs() {
        return List.<Job>copyOf(jobs).reversed();
    }

    /** The saved profiles. */
    public ProfileStore profiles() {
        return profiles;
    }

    /** Where the engine keeps its files. */
    public Folders folders() {
        return folders;
    }

    /** The history of runs. */
    public RunHistory history() {
        return history;
    }

    /** Asks every running job to stop and waits until each has drained and ended. */
    @Override
    public void close() {
        synchronized (jobs) {
            closed = true;
        }
        jobs.forEach(job -> job.cancel(Triggers.END_OF_PROGRAM));
        jobs.forEach(OwnedJob::awaitUninterruptibly);
    }

    private JobContext context(String trigger, SqlServer server, SignIn signIn) {
        return new JobContext(newId(), trigger, server, signIn, history, clock);
    }

    /** Begins with the time, so that names sort by age. */
    private String newId() {
        return "%s-%08x"
                .formatted(
                        ID_TIME.format(LocalDateTime.now(clock.wall())),
                        ThreadLocalRandom.current().nextInt());
    }

    private Job add(OwnedJob job) {
        // a job made while the program ends is either refused or asked to stop, never forgotten
        synchronized (jobs) {
            if (closed) {
                throw new IllegalStateException("the program is ending; no job can be started");
            }
            jobs.add(job);
        }
        return job;
    }
}
