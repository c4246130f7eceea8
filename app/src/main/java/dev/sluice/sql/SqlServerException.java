package dev.sluice.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement or a connection failed. The message is made of the server's errors, or says what was
 * attempted.
 */
public final class SqlServerException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<SqlMessage> messages;

    /** A statement ended with errors; the list holds every message of it, in order. */
    public SqlServerException(List<SqlMessage> messages) {
        super(
                messages.stream()
                        .filter(SqlMessage::isError)
                        .map(SqlMessage::toString)
                        .collect(Collectors.joining("\n")));
        this.messages = List.copyOf(messages);
    }

    /** As the first, with words of our own for what the server said. */
    public SqlServerException(String what, List<SqlMessage> messages, Throwable cause) {
        super(what, cause);
        this.messages = List.copyOf(messages);
    }

    /**
     * The server could not be reached, or could not do what was asked for a reason outside a
     * statement.
     */
    public SqlServerException(String what, Throwable cause) {
        super(what, cause);
        this.messages = List.of();
    }

    /** Every message of the statement, in order. */
    public List<SqlMessage> messages() {
        return messages == null ? List.of() : messages;
    }

    /** Whether a message with this number is among them. */
    public boolean has(int number) {
        return messages().stream().anyMatch(message -> message.number() == number);
    }
}
