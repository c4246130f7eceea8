package dev.sluice.sql;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement or a connection failed. The message is made of the server's errors, or says what was
 * attempted.
 */
public final class SqlServerException extends Exception implements Teller {

    private static final long serialVersionUID = 1;

    private final transient List<SqlMessage> messages;
    private final transient Told told;

    /** A statement ended with errors; the list holds every message of it, in order. */
    public SqlServerException(List<SqlMessage> messages) {
        super(errors(messages));
        this.messages = List.copyOf(messages);
        this.told = Told.asIs(errors(messages));
    }

    private static String errors(List<SqlMessage> messages) {
        return messages.stream()
                .filter(SqlMessage::isError)
                .map(SqlMessage::toString)
                .collect(Collectors.joining("\n"));
    }

    /** As the first, with words of our own for what the server said. */
    public SqlServerException(Told what, List<SqlMessage> messages, Throwable cause) {
        super(what.english(), cause);
        this.messages = List.copyOf(messages);
        this.told = what;
    }

    /**
     * The server could not be reached, or could not do what was asked for a reason outside a
     * statement.
     */
    public SqlServerException(Told what, Throwable cause) {
        this(what, List.of(), cause);
    }

    @Override
    public Told told() {
        return told;
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
