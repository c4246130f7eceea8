package dev.sluice.sql.embedded;

import dev.sluice.sql.SqlMessage;

import java.util.List;

/** A statement cannot be carried out; holds the messages that say why, in order. */
final class StatementException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<SqlMessage> messages;

    StatementException(SqlMessage message) {
        super(message.text());
        this.messages = List.of(message);
    }

    StatementException(SqlMessage message, Throwable cause) {
        super(message.text(), cause);
        this.messages = List.of(message);
    }

    /** The errors, in order. */
    List<SqlMessage> messages() {
        return messages == null ? List.of() : messages;
    }
}
