package dev.sluice.job;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server at the end of a run what has become of its database. The run's own session serves
 * as long as it does: after hours a further sign-in may be refused, as that by a token that has
 * expired. Only where that session was lost with the statement, a new one is opened. For the job's
 * thread, after the statement has ended.
 */
final class FinalLook {

    private static final Logger LOG = LoggerFactory.getLogger(FinalLook.class);

    /** A question, which may be asked twice. */
    @FunctionalInterface
    interface Question<T> {
        T ask(SqlSession session) throws SqlServerException;
    }

    private final SqlServer server;
    private @Nullable SqlSession open;

    FinalLook(SqlServer server) {
        this.server = server;
    }

    /** The run's session, which the run closes. */
    void use(SqlSession session) {
        open = session;
    }

    /**
     * Asks.
     *
     * @throws SqlServerException when a new session cannot be opened, or does not answer either
     */
    <T> T ask(Question<T> question) throws SqlServerException {
        SqlSession own = open;
        if (own != null) {
            try {
                return question.ask(own);
            } catch (SqlServerException e) {
                if (!e.messages().isEmpty()) {
                    // the session lives, and this is the answer
                    throw e;
                }
                LOG.info("The session with {} is of no more use: {}", server.name(), e.toString());
                open = null;
            }
        }
        try (SqlSession other = server.connect()) {
            return question.ask(other);
        }
    }
}
