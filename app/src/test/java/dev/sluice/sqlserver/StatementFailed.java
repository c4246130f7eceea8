package dev.sluice.sqlserver;

import dev.sluice.tds.Message;

import java.util.List;

/** A statement ends with these errors, and those that follow any error. */
final class StatementFailed extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Message> messages;

    StatementFailed(Message... messages) {
        super(messages[0].text());
        this.messages = List.of(messages);
    }

    List<Message> messages() {
        return messages;
    }
}
