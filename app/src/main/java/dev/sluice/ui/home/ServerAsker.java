package dev.sluice.ui.home;

import dev.sluice.job.AddedServers;
import dev.sluice.job.BackupRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.secret.SecretException;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.ui.common.Texts;

import org.jspecify.annotations.Nullable;

/**
 * Asks a server for its databases and its record of their backups. Waits for the server, and for
 * the store of secrets.
 */
final class ServerAsker {

    private static final int LOGIN_FAILED = 18456;

    private final SluiceEngine engine;
    private final Texts texts;

    ServerAsker(SluiceEngine engine, Texts texts) {
        this.engine = engine;
        this.texts = texts;
    }

    ServerAnswer ask(String server) {
        SecretQuestion question = question(server);
        try {
            return question == null || isKnown(question)
                    ? list(server)
                    : ServerAnswer.locked(question);
        } catch (SecretException e) {
            return ServerAnswer.failed(texts.tell(e), question);
        } catch (SqlServerException e) {
            return ServerAnswer.failed(texts.tell(e), e.has(LOGIN_FAILED) ? question : null);
        }
    }

    private ServerAnswer list(String server) throws SqlServerException {
        try (SqlSession session = engine.server(server).connect()) {
            return ServerAnswer.of(session.databases(), BackupRecord.read(session));
        }
    }

    private @Nullable SecretQuestion question(String server) {
        AddedServers added = engine.added();
        return added == null ? null : added.question(server).orElse(null);
    }

    private boolean isKnown(SecretQuestion question) throws SecretException {
        AddedServers added = engine.added();
        return added != null && added.knows(question);
    }
}
