package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.StatementResult;

import java.util.List;

/** How a statement ended. */
sealed interface Verdict {

    /** The server's messages, in order. */
    List<SqlMessage> messages();

    /** The statement succeeded and said so. */
    record Succeeded(StatementResult result) implements Verdict {
        @Override
        public List<SqlMessage> messages() {
            return result.messages();
        }
    }

    /** The statement failed, or ended without saying that it succeeded. */
    record Failed(Throwable cause, List<SqlMessage> messages) implements Verdict {}
}
