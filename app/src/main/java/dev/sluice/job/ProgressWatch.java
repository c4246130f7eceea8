package dev.sluice.job;

import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/**
 * Asks the server, in a session and on a thread of its own, how far another session's statement is.
 * Whatever comes in between ends it, and costs no more than what it would have told.
 */
final class ProgressWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** How long the end of a run waits for an answer that nobody needs any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SignIn signIn;
    private final int watched;
    private final Duration pause;
    private final DoubleConsumer percents;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable SqlSession asking;

    /**
     * @param signIn gives the session to ask in
     * @param watched the other session's id
     * @param percents hears them on this watch's thread
     */
    ProgressWatch(String name, SignIn signIn, int watched, DoubleConsumer percents) {
        this(name, signIn, watched, percents, PAUSE);
    }

    /** As the other, with a pause between two questions of the caller's choice. */
    ProgressWatch(
            String name, SignIn signIn, int watched, DoubleConsumer percents, Duration pause) {
        this.signIn = signIn;
        this.watched = watched;
        this.percents = percents;
        this.pause = pause;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (SqlSession session = signIn.besides()) {
            asking = session;
            while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                session.percentOf(watched).ifPresent(percents);
            }
        } catch (SqlServerException | RuntimeException e) {
            LOG.debug("{} ends early: {}", thread.getName(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and its session; an answer under way is cut short. */
    @Override
    public void close() {
        ended.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        SqlSession session = asking;
        if (session != null) {
            session.cancel();
        }
        try {
            if (!thread.join(PATIENCE)) {
                LOG.debug("{} is left to its end", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
