package dev.sluice.cli;

import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job in front of a person: shows it ten times a second and turns Ctrl-C into a cancel. All
 * drawing happens on one thread of its own; signals only ask it.
 */
final class JobWatch {

    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
    private static final int FRAME_MILLIS = 100;

    private final Job job;
    private final JobScreen screen;
    private final ScheduledExecutorService painter =
            Executors.newSingleThreadScheduledExecutor(
                    action -> Thread.ofPlatform().daemon().name("terminal").unstarted(action));

    private JobWatch(Job job, JobScreen screen) {
        this.job = job;
        this.screen = screen;
    }

    /** Starts the job, shows it to its end, and returns its last snapshot. */
    static JobSnapshot run(Job job, JobScreen screen, StopSignals signals)
            throws InterruptedException {
        JobWatch watch = new JobWatch(job, screen);
        StopSignals.Listening listening = signals.listen(watch::stop);
        try (listening) {
            return watch.toTheEnd();
        }
    }

    private JobSnapshot toTheEnd() throws InterruptedException {
        job.start();
        ScheduledFuture<?> frames =
                painter.scheduleAtFixedRate(
                        () -> draw(() -> screen.show(job.snapshot())),
                        0,
                        FRAME_MILLIS,
                        TimeUnit.MILLISECONDS);
        try {
            return job.await();
        } finally {
            frames.cancel(false);
            painter.execute(() -> draw(() -> screen.end(job.snapshot())));
            painter.shutdown();
            painter.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private void stop(String who) {
        List<String> answer =
                switch (job.cancel(who)) {
                    case ACCEPTED -> List.of(who + ": stopping; every buffer is waited for.");
                    case ALREADY_CANCELLING -> Awaited.lines(job.snapshot());
                    case TOO_LATE ->
                            List.of(who + ": too late to cancel, the server's work is done.");
                };
        try {
            painter.execute(() -> draw(() -> screen.say(answer)));
        } catch (RejectedExecutionException e) {
            // the job has ended meanwhile, and its ending is being told
            LOG.info("{} came after the end of {}", who, job.snapshot().id(), e);
        }
    }

    /** A drawing that fails is no reason to disturb the job. */
    private static void draw(Runnable drawing) {
        try {
            drawing.run();
        } catch (RuntimeException e) {
            LOG.error("the terminal's view failed", e);
        }
    }
}
