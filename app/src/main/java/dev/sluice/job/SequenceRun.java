package dev.sluice.job;

import dev.sluice.job.JobSnapshot.EndedLeg;
import dev.sluice.job.JobSnapshot.Progress;
import dev.sluice.job.JobSnapshot.Sequence;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one after another that are one job: several databases, or a chain of restores. Each leg is a
 * run of its own, with its own device set, statement, verdict and row in the history; its thread
 * does the work, ours only waits for it. They share one session with the server. A stop ends the
 * leg that runs and keeps the others from beginning.
 */
final class SequenceRun implements OwnedJob {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceRun.class);

    /** A run that is made when its turn comes, so that it can build on those before it. */
    @FunctionalInterface
    interface Leg {
        /**
         * @param before the last snapshots of the legs before it
         */
        JobRun make(List<JobSnapshot> before);
    }

    /** What becomes of the legs after one that failed. */
    enum AfterFailure {
        /** They stand for themselves, and run. */
        GO_ON,
        /** They build on it, and do not. */
        STOP
    }

    /**
     * What the legs are together.
     *
     * @param id the job's
     * @param kind what it does; legs that only look at something for it are of another kind
     * @param name of all its databases together, which heads its end; null for that of its last leg
     */
    record Whole(String id, JobKind kind, @Nullable String name) {}

    private final Whole whole;
    private final SignIn signIn;
    private final List<Leg> legs;
    private final AfterFailure afterFailure;
    private final JobClock clock;
    private final Instant started;
    private final long startedNanos;
    private final Thread thread;
    private final CountDownLatch over = new CountDownLatch(1);

    // guarded by this
    private final List<JobSnapshot> ended = new ArrayList<>();
    private JobRun current;
    private @Nullable String stoppedBy;
    private @Nullable JobSnapshot last;

    private volatile @Nullable Throwable defect;

    /**
     * @param signIn the legs' session, closed here
     * @param legs at least one; the first is made at once
     */
    SequenceRun(
            Whole whole, SignIn signIn, List<Leg> legs, AfterFailure afterFailure, JobClock clock) {
        this.whole = whole;
        this.signIn = signIn;
        this.legs = List.copyOf(legs);
        this.afterFailure = afterFailure;
        this.clock = clock;
        this.started = clock.wall().instant();
        this.startedNanos = clock.nanos().getAsLong();
        this.thread = Thread.ofPlatform().name("sequence-" + whole.id()).unstarted(this::run);
        this.current = legs.getFirst().make(List.of());
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            runLegs();
        } catch (RuntimeException | Error e) {
            LOG.error("a sequence of runs ended by a defect", e);
            defect = e;
        } finally {
            end();
        }
    }

    /** Every leg that began has ended by now. */
    private void end() {
        try {
            signIn.close();
        } finally {
            try {
                conclude();
            } finally {
                over.countDown();
            }
        }
    }

    private void runLegs() {
        JobRun leg = current;
        while (leg != null) {
            leg.start();
            leg.awaitUninterruptibly();
            leg = next(leg.snapshot());
        }
    }

    /** The leg after one that ended; null when none is to run. */
    private synchronized @Nullable JobRun next(JobSnapshot before) {
        ended.add(before);
        boolean stops =
                stoppedBy != null
                        || ended.size() == legs.size()
                        || (before.state() != JobState.COMPLETED
                                && afterFailure == AfterFailure.STOP);
        if (stops) {
            return null;
        }
        current = legs.get(ended.size()).make(List.copyOf(ended));
        return current;
    }

    @Override
    public synchronized CancelReply cancel(String who) {
        if (last != null) {
            return CancelReply.TOO_LATE;
        }
        boolean isFirst = stoppedBy == null;
        boolean hasMore = ended.size() + 1 < legs.size();
        stoppedBy = isFirst ? who : stoppedBy;
        CancelReply reply = current.cancel(who);
        // though the present leg is done, those after it are kept from running
        return reply == CancelReply.TOO_LATE && hasMore
                ? (isFirst ? CancelReply.ACCEPTED : CancelReply.ALREADY_CANCELLING)
                : reply;
    }

    @Override
    public void interruptIo(int device) {
        current().interruptIo(device);
    }

    private synchronized JobRun current() {
        return current;
    }

    @Override
    public synchronized JobSnapshot snapshot() {
        if (last != null) {
            return last;
        }
        JobSnapshot now = current.snapshot();
        // the end of a leg is not the end of the job
        JobState state = now.state().isTerminal() ? JobState.FINALISING : now.state();
        return now.inSequence(
                sequence(),
                whole.kind(),
                now.database(),
                state,
                started,
                elapsed(),
                isOwn(now) ? now.progress() : Progress.NONE,
                events(now),
                null,
                now.cancelTooLate() && ended.size() + 1 >= legs.size());
    }

    @Override
    public JobSnapshot await() throws InterruptedException {
        over.await();
        return snapshot();
    }

    private Sequence sequence() {
        int number = Math.min(ended.size() + 1, legs.size());
        return new Sequence(
                number,
                legs.size(),
                ended.stream()
                        .map(
                                leg ->
                                        new EndedLeg(
                                                leg.id(),
                                                leg.kind(),
                                                leg.database(),
                                                leg.state(),
                                                leg.told()))
                        .toList());
    }

    private synchronized void conclude() {
        JobSnapshot newest = current.snapshot();
        JobState end = endState();
        last =
                newest.inSequence(
                        sequence(),
                        whole.kind(),
                        whole.name() == null ? newest.database() : whole.name(),
                        end,
                        started,
                        elapsed(),
                        total(newest.progress()),
                        events(newest),
                        told(),
                        // a stop that was too late for one leg kept the others from beginning
                        newest.cancelTooLate() && end == JobState.COMPLETED);
    }

    private Duration elapsed() {
        return Duration.ofNanos(clock.nanos().getAsLong() - startedNanos);
    }

    private List<JobEvent> events(JobSnapshot now) {
        List<JobEvent> events = new ArrayList<>(events());
        if (ended.isEmpty() || !ended.getLast().id().equals(now.id())) {
            events.addAll(now.events());
        }
        return events;
    }

    private List<JobEvent> events() {
        return ended.stream().flatMap(leg -> leg.events().stream()).toList();
    }

    private JobState endState() {
        if (defect != null || ended.stream().anyMatch(leg -> leg.state() == JobState.FAILED)) {
            return JobState.FAILED;
        }
        boolean all = ended.size() == legs.size();
        return all && ended.stream().allMatch(leg -> leg.state() == JobState.COMPLETED)
                ? JobState.COMPLETED
                : JobState.CANCELLED;
    }

    private Told told() {
        List<Told> lines = new ArrayList<>();
        // that a look went well is no result
        ended.stream()
                .filter(leg -> isOwn(leg) || leg.state() != JobState.COMPLETED)
                .map(leg -> Objects.requireNonNull(leg.told(), "it has ended"))
                .forEach(lines::add);
        if (lines.isEmpty()) {
            lines.add(Told.of("left.untouched"));
        }
        int skipped = legs.size() - ended.size();
        if (skipped > 0) {
            lines.add(Told.of("end.notBegun", skipped, legs.size(), whySkipped()));
        }
        return Told.lines(lines);
    }

    /** Not only a look that was taken for the others. */
    private boolean isOwn(JobSnapshot leg) {
        return leg.kind() == whole.kind();
    }

    private Told whySkipped() {
        if (defect != null) {
            return Told.of("end.notBegun.defect", defect.toString());
        }
        return stoppedBy == null
                ? Told.of("end.notBegun.failure")
                : Told.of("end.notBegun.stop", Triggers.by(stoppedBy));
    }

    private Progress total(Progress newest) {
        long bytes =
                ended.stream()
                        .filter(this::isOwn)
                        .mapToLong(leg -> leg.progress().bytesDone())
                        .sum();
        double seconds =
                ended.stream()
                        .filter(this::isOwn)
                        .map(JobSnapshot::progress)
                        .filter(leg -> leg.averageBytesPerSecond() > 0)
                        .mapToDouble(leg -> leg.bytesDone() / leg.averageBytesPerSecond())
                        .sum();
        return new Progress(
                bytes,
                bytes,
                newest.source(),
                newest.serverPercent(),
                0,
                seconds > 0 ? bytes / seconds : 0,
                null);
    }

    @Override
    public void awaitUninterruptibly() {
        OwnedJob.awaitEnd(thread, over);
    }
}
