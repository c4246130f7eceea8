package dev.sluice.job;

import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.JobSignals.Signal;
import dev.sluice.job.RunRecord.Finding;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * One run. Its own thread walks the flow and owns the state; the statement and each device have
 * threads besides. Everybody else raises signals and reads.
 */
final class JobRun implements OwnedJob {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /** How long the devices may lag behind a statement that has succeeded: no hurry, it is done. */
    private static final Duration GRACE_AFTER_SUCCESS = Duration.ofSeconds(30);

    /** How long they may lag behind one that has failed. */
    private static final Duration GRACE_AFTER_FAILURE = Duration.ofSeconds(2);

    /** Somebody asked for a stop: the way out of the normal flow. */
    private static final class StopException extends Exception {
        private static final long serialVersionUID = 1;

        StopException() {
            super("stopped on request", null, false, false);
        }
    }

    private final JobContext context;
    private final JobWork work;
    private final JobSignals signals;
    private final JobLog log;
    private final StateMachine states;
    private final CompletionGate gate = new CompletionGate();
    private final StopRequest stop;
    private final RunParts parts = new RunParts();
    private final Drain drain;
    private final Drainer drainer;
    private final SnapshotBuilder snapshots;
    private final RunRow row;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable ProgressWatch watch;
    private volatile JobState beforeEnd = JobState.PREPARING;
    private volatile @Nullable JobSnapshot last;

    JobRun(JobContext context, JobWork work) {
        this.context = context;
        this.work = work;
        this.signals = new JobSignals(context.clock().nanos());
        this.log = new JobLog(context.id(), context.clock().wall());
        this.states = new StateMachine(log);
        this.stop = new StopRequest(gate, signals);
        this.drain = new Drain(context.clock().nanos());
        this.drainer = new Drainer(parts, drain, signals, log);
        this.snapshots = new SnapshotBuilder(context, work, parts, drain);
        this.row = new RunRow(context, work, log);
        this.thread = Thread.ofPlatform().name("job-" + context.id()).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public CancelReply cancel(String who) {
        if (last != null) {
            return CancelReply.TOO_LATE;
        }
        CancelReply reply = stop.request(who);
        log.info(Told.of("log.stopAsked", Triggers.by(who), inWords(reply)));
        DeviceSetHandle set = parts.set();
        if (reply == CancelReply.ACCEPTED && set != null) {
            set.abortOpening();
        }
        return reply;
    }

    private static Told inWords(CancelReply reply) {
        return switch (reply) {
            case ACCEPTED -> Told.of("log.stop.accepted");
            case ALREADY_CANCELLING -> Told.of("log.stop.already");
            case TOO_LATE -> Told.of("log.stop.tooLate");
        };
    }

    @Override
    public void interruptIo(int device) {
        Streaming streaming = parts.streaming();
        if (streaming != null && last == null) {
            log.warning(Told.of("log.interrupted", device + 1));
            streaming.transfer().interruptIo(device);
        }
    }

    @Override
    public JobSnapshot snapshot() {
        JobSnapshot end = last;
        if (end != null) {
            return end;
        }
        // the end is shown with its result and its row in the history, not before
        JobState now = states.state();
        return snapshots.build(
                now.isTerminal() ? beforeEnd : now, log.events(), null, stop.isTooLate());
    }

    @Override
    public JobSnapshot await() throws InterruptedException {
        ended.await();
        return snapshot();
    }

    @Override
    public void awaitUninterruptibly() {
        OwnedJob.awaitEnd(thread, ended);
    }

    private void run() {
        try {
            row.begin(snapshot());
            Throwable trouble = attempt();
            if (trouble != null) {
                drain(trouble);
            }
            closeWatch();
            end(trouble);
        } catch (RuntimeException | Error e) {
            // a defect of ours: whatever it is, the job must not stay undecided
            LOG.error("{} ended by a defect", context.id(), e);
            failByDefect(e);
        } finally {
            leaveSession();
            ended.countDown();
        }
    }

    // ---- the normal flow; whatever leaves it early is thrown

    private @Nullable Throwable attempt() {
        try {
            send(prepare());
            stream();
            finish();
            return null;
        } catch (Exception | Error e) {
            return e;
        }
    }

    /** The session that the statement goes through. */
    private SqlSession prepare()
            throws StopException, SqlServerException, IOException, JobException, VdiException {
        log.info(work.title());
        leaveWhenStopped();
        SignIn.Present present = context.signIn().present();
        SqlSession session = present.session();
        ServerFacts facts = present.facts();
        leaveWhenStopped();
        Preflight.server(context.server().name(), facts);
        work.prepare(session, facts, log);
        row.begin(snapshot());
        watch = watch(session);
        leaveWhenStopped();
        DeviceSetHandle set =
                new DeviceSetHandle(context.server().vdi().newDeviceSet(), work.devices());
        set.create(facts.instance(), work.features());
        parts.set(set);
        log.info(Told.of("log.set", set.names().getFirst(), work.devices()));
        return session;
    }

    /** Null where the server has nothing to watch, or refuses to be watched. */
    private @Nullable ProgressWatch watch(SqlSession statement) {
        try {
            OptionalInt id = statement.id();
            return id.isEmpty()
                    ? null
                    : new ProgressWatch(
                            "progress-" + context.id(),
                            context.signIn(),
                            id.getAsInt(),
                            snapshots::onRequest);
        } catch (SqlServerException e) {
            LOG.debug("{} is not watched: {}", context.id(), e.getMessage());
            return null;
        }
    }

    private void send(SqlSession session) throws StopException, VdiException, JobException {
        leaveWhenStopped();
        DeviceSetHandle set = Objects.requireNonNull(parts.set());
        String text = work.statement(set.names());
        parts.statementText(text);
        // should this process be killed, it is by its device that the server's record of it is
        // known
        row.begin(snapshot());
        StatementThread statement =
                new StatementThread(
                        "statement-" + context.id(),
                        session,
                        work,
                        text,
                        log,
                        signals,
                        snapshots::onPercent);
        states.moveTo(JobState.CONNECTING, Told.of("log.sent"));
        work.preceding().forEach(before -> log.info(Told.asIs(before)));
        log.info(Told.asIs(text));
        // a statement whose thread cannot start has no end that a drain could wait for
        statement.start();
        parts.statement(statement);
        open(set, configuration(set));
    }

    private DeviceSetConfiguration configuration(DeviceSetHandle set)
            throws StopException, VdiException, JobException {
        DeviceSetConfiguration configuration = set.awaitConfiguration(signals, log);
        leaveWhenStopped();
        if (configuration == null) {
            throw new StatementFailedException();
        }
        if (!configuration.has(work.direction())) {
            throw new JobException(
                    Told.of("why.otherDirection", "0x%08X".formatted(configuration.features())));
        }
        return configuration;
    }

    private void open(DeviceSetHandle set, DeviceSetConfiguration configuration)
            throws VdiException {
        List<ClientDevice> devices = set.openDevices(signals);
        DeviceTransfer transfer = work.transfer(devices, gate, context.clock().nanos());
        Streaming streaming =
                new Streaming(transfer, configuration, signals, context.clock().nanos());
        streaming.watch("workers-" + context.id());
        parts.streaming(streaming);
        streaming.start();
        log.info(
                Told.of(
                        "log.opened",
                        devices.size(),
                        configuration.blockSize(),
                        configuration.maxTransferSize()));
    }

    private void stream() throws StopException, JobException {
        states.moveTo(JobState.STREAMING, Told.of("log.devicesOpen"));
        if (watch != null) {
            watch.start();
        }
        signals.await(
                Signal.WORKERS_ENDED,
                Signal.STOP_REQUESTED,
                Signal.DEVICE_BROKEN,
                Signal.STATEMENT_ENDED);
        // a lost device was never closed, so this end needs SignalAbort even when all have left
        if (signals.isRaised(Signal.DEVICE_BROKEN)) {
            throw new JobException(Told.of("why.deviceLost"));
        }
        if (signals.isRaised(Signal.WORKERS_ENDED)) {
            return;
        }
        leaveWhenStopped();
        awaitLaggards();
    }

    /** The statement has ended; its devices were closed just before, or will never be. */
    private void awaitLaggards() throws StopException, JobException {
        Objects.requireNonNull(parts.streaming()).transfer().liftLimit();
        Duration grace = parts.hasSucceeded() ? GRACE_AFTER_SUCCESS : GRACE_AFTER_FAILURE;
        signals.await(grace, Signal.WORKERS_ENDED, Signal.STOP_REQUESTED);
        if (signals.isRaised(Signal.WORKERS_ENDED)) {
            return;
        }
        leaveWhenStopped();
        if (!parts.hasSucceeded()) {
            throw new StatementFailedException();
        }
        throw new JobException(Told.of("why.devicesLeft"));
    }

    private void finish() throws StopException, JobException {
        states.moveTo(JobState.FINALISING, Told.of("log.workersLeft"));
        drainer.closeSet();
        signals.await(Signal.STATEMENT_ENDED, Signal.STOP_REQUESTED);
        if (!signals.isRaised(Signal.STATEMENT_ENDED)) {
            throw new StopException();
        }
        if (!parts.hasSucceeded()) {
            throw new StatementFailedException();
        }
        if (!work.isUsable(Objects.requireNonNull(parts.streaming()), gate)) {
            throw new JobException(Told.of("why.devicesEndedIll"));
        }
    }

    private void leaveWhenStopped() throws StopException {
        if (signals.isRaised(Signal.STOP_REQUESTED)) {
            throw new StopException();
        }
    }

    // ---- the end, good or not

    private void drain(Throwable trouble) {
        if (stop.settleFailure()) {
            noteDefect(trouble);
            Told cause = explanation(trouble).cause();
            log.error(cause);
            drainAfterFailure(cause);
        } else {
            states.moveTo(JobState.CANCELLING, Told.of("log.stopping", Triggers.by(stop.who())));
            drainer.run(Triggers.by(stop.who()));
        }
    }

    /** What never had a device set, or has closed it already, shows no drain. */
    private void drainAfterFailure(Told cause) {
        if (drainer.isNeeded()) {
            drainer.run(cause);
        }
    }

    private void noteDefect(Throwable trouble) {
        if (trouble instanceof RuntimeException || trouble instanceof Error) {
            LOG.error("{} met a defect", context.id(), trouble);
        }
    }

    private void closeWatch() {
        if (watch != null) {
            watch.close();
        }
    }

    /** No other run uses it before this one has ended, with its statement. */
    private void leaveSession() {
        closeWatch();
        context.signIn().release();
    }

    private void end(@Nullable Throwable trouble) {
        if (trouble == null) {
            commit();
        } else if (stop.settleFailure()) {
            fail(explanation(trouble));
        } else {
            endCancelled();
        }
    }

    private void commit() {
        stop.settleSuccess();
        try {
            Told reached = work.commit(achievement());
            drainer.tickOff(Phase.PARTIAL_FILES_REMOVED, reached);
            conclude(JobState.COMPLETED, Told.of("log.final"), reached, Finding.GOOD);
        } catch (IOException | JobException e) {
            log.error(Told.of(e));
            fail(explanation(e));
        }
    }

    /** What happened is told, not what was asked for. */
    private void endCancelled() {
        Streaming streaming = parts.streaming();
        if (parts.hasSucceeded() && streaming != null && work.isUsable(streaming, gate)) {
            log.warning(Told.of("log.tooLate"));
            commit();
            return;
        }
        try {
            drain.begin(Phase.PARTIAL_FILES_REMOVED);
            Told left = takeBack();
            drain.done(Phase.PARTIAL_FILES_REMOVED, left);
            conclude(
                    JobState.CANCELLED,
                    Told.of("log.drained"),
                    Told.lines(cancelled(left), lostSet()),
                    Finding.NONE);
        } catch (IOException e) {
            log.error(Told.of(e));
            conclude(
                    JobState.FAILED,
                    Told.of("log.notCleaned"),
                    Told.lines(Explanation.ofCleanUp(work, e), lostSet()),
                    Finding.NONE);
        }
    }

    /** What follows where the server succeeded and there is no set all the same. */
    private Told lostSet() {
        return parts.hasSucceeded()
                ? Told.lines(work.onLostSet().stream().map(Explanation::toDo).toList())
                : Told.NOTHING;
    }

    private Told cancelled(Told left) {
        TransferFailure failure = firstFailure();
        return Told.lines(
                Told.of("end.cancelled", work.title(), Triggers.by(stop.who()), left),
                failure == null
                        ? Told.NOTHING
                        : Told.of("end.cancelled.before", Explanation.of(failure)));
    }

    private @Nullable TransferFailure firstFailure() {
        Streaming streaming = parts.streaming();
        return streaming == null ? null : streaming.transfer().firstFailure();
    }

    private void fail(Explanation why) {
        fail(why.text(), why.isDamage() ? Finding.DAMAGED : Finding.NONE);
    }

    private void fail(Told what, Finding finding) {
        Told left;
        try {
            left = takeBack();
        } catch (IOException e) {
            log.error(Told.of(e));
            left = Explanation.ofCleanUp(work, e);
        }
        drainer.tickOff(Phase.PARTIAL_FILES_REMOVED, left);
        conclude(JobState.FAILED, Told.of("log.seeResult"), Told.lines(what, left), finding);
    }

    /** By now the statement has ended, if it was ever sent. */
    private Told takeBack() throws IOException {
        return mayHaveSucceeded() ? work.setAside() : work.discard();
    }

    /** A server that was lost before it could say so may have succeeded all the same. */
    private boolean mayHaveSucceeded() {
        Streaming streaming = parts.streaming();
        return parts.hasSucceeded()
                || (streaming != null && work.isUsable(streaming, gate) && !parts.wasRefused());
    }

    /**
     * @param finding what is known of the set that was read
     */
    private void conclude(JobState end, Told why, Told told, Finding finding) {
        beforeEnd = states.state();
        states.moveTo(end, why);
        leaveSession();
        JobSnapshot snapshot = snapshots.build(end, log.events(), told, stop.isTooLate());
        try {
            Streaming streaming = parts.streaming();
            row.end(snapshot, streaming == null ? List.of() : streaming.throughput(), finding);
        } finally {
            last = snapshot;
        }
    }

    private void failByDefect(Throwable defect) {
        if (last == null) {
            letGo();
            fail(Told.lines(Explanation.ofDefect(work, defect), lostSet()), Finding.NONE);
        }
    }

    /** The server shall not wait for an end that never comes, nor the next run meet this one. */
    private void letGo() {
        DeviceSetHandle set = parts.set();
        try {
            if (set != null && set.isOpen()) {
                set.signalAbort();
            }
        } catch (VdiException | RuntimeException e) {
            LOG.error("{} could not be aborted after a defect", context.id(), e);
        }
        // the statement may run on it still: no run after this one can have it
        context.signIn().close();
        Streaming streaming = parts.streaming();
        if (streaming != null) {
            streaming.transfer().liftLimit();
            if (!signals.await(GRACE_AFTER_SUCCESS, Signal.WORKERS_ENDED)) {
                LOG.error("{} keeps its device set: its workers have not left", context.id());
                return;
            }
        }
        try {
            drainer.closeSet();
        } catch (RuntimeException e) {
            LOG.error("{} could not close its device set after a defect", context.id(), e);
        }
    }

    private JobWork.Achievement achievement() {
        return new JobWork.Achievement(
                Objects.requireNonNull(parts.statementText()),
                Objects.requireNonNull(parts.streaming()).configuration(),
                parts.result(),
                context.trigger(),
                snapshots.started(),
                context.clock().wall().instant());
    }

    private Explanation explanation(Throwable trouble) {
        return new Explanation(work, states.state(), trouble, firstFailure(), parts.verdict());
    }
}
