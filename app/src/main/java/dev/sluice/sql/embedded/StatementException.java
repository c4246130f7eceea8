package dev.sluice.sql.embedded;

import dev.sluice.sql.SqlMessage;

import java.util.ArrayList;
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

    /** The same with message 3013 at the end. */
    StatementException terminating(String verb) {
        List<SqlMessage> all = new ArrayList<>(messages());
        all.add(Messages.terminated(verb));
        return new StatementException(all, this);
    }

    private StatementException(List<SqlMessage> messages, StatementException cause) {
        super(cause.getMessage(), cause);
        this.messages = List.copyOf(messages);
    }
}
