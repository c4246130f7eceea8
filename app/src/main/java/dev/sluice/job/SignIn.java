package dev.sluice.job;

import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Predicate;

/**
 * The one session of a job, which its runs use one after another: after hours a further sign-in may
 * be refused, as that by a token that has expired. Only where the session has been lost, a new one
 * takes its place. But for a session besides, for one thread at a time: that of a run, and once the
 * last one has ended, that of the job.
 */
final class SignIn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    /**
     * A session that answers.
     *
     * @param session used by the run alone until it ends; closed here
     * @param facts what the server tells about itself now
     */
    record Present(SqlSession session, ServerFacts facts) {}

    /** A question, which may be asked twice. */
    @FunctionalInterface
    interface Question<T> {
        T ask(SqlSession session) throws SqlServerException;
    }

    private final SqlServer server;
    private final boolean shared;
    private @Nullable SqlSession open;
    private volatile @Nullable SqlServerException refusal;

    private SignIn(SqlServer server, boolean shared) {
        this.server = server;
        this.shared = shared;
    }

    /** For a job of one run. */
    static SignIn ofOneRun(SqlServer server) {
        return new SignIn(server, false);
    }

    /** For a job of several runs, which closes it after the last. */
    static SignIn shared(SqlServer server) {
        return new SignIn(server, true);
    }

    /**
     * The session; the first run signs in. A later one finds out whether the session of those
     * before it is still of use, and clear of what they left on its way: what came too late for
     * their statement, as an attention, this question meets instead of the next statement.
     *
     * @throws SqlServerException when the server cannot be reached or refuses
     */
    Present present() throws SqlServerException {
        return ask(session -> new Present(session, session.facts()), refused -> true);
    }

    /**
     * Asks, in the session of the run, what the server has made of it; in a new one only where that
     * was lost. After the run's statement has ended.
     *
     * @throws SqlServerException when the server refuses, or a new session cannot be opened
     */
    <T> T ask(Question<T> question) throws SqlServerException {
        // with a message of the server the session lives, and this is the answer
        return ask(question, failed -> failed.messages().isEmpty());
    }

    private <T> T ask(Question<T> question, Predicate<SqlServerException> isLost)
            throws SqlServerException {
        SqlSession before = open;
        if (before != null) {
            try {
                return question.ask(before);
            } catch (SqlServerException e) {
                if (!isLost.test(e)) {
                    throw e;
                }
                LOG.info("The session with {} is of no more use: {}", server.name(), e.toString());
                close();
            }
        }
        SqlSession opened = server.connect();
        open = opened;
        return question.ask(opened);
    }

    /**
     * A session besides, for whoever asks how far the statement is; closed by them. Refused once,
     * it is not asked for again: an account may be locked by sign-ins that fail one after another.
     * From any thread.
     *
     * @throws SqlServerException when the server cannot be reached or refuses, now or before
     */
    SqlSession besides() throws SqlServerException {
        SqlServerException before = refusal;
        if (before != null) {
            throw new SqlServerException(Told.of("connect.secondRefused", server.name()), before);
        }
        try {
            return server.connect();
        } catch (SqlServerException e) {
            refusal = e;
            throw e;
        }
    }

    /** A run has ended, with its statement: the session is closed unless others may follow. */
    void release() {
        if (!shared) {
            close();
        }
    }

    /** Closes the session, whoever may use it still; nothing when it is closed. */
    @Override
    public void close() {
        SqlSession present = open;
        open = null;
        if (present != null) {
            present.close();
        }
    }
}
