package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.ISQLServerMessageHandler;

import dev.sluice.sql.SqlMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears every message of one statement when the driver reads it, and hands it on. The thread that
 * runs the statement only.
 */
final class Heard implements ISQLServerMessageHandler {

    private final Consumer<SqlMessage> listener;
    private final List<SqlMessage> messages = new ArrayList<>();

    Heard(Consumer<SqlMessage> listener) {
        this.listener = listener;
    }

    @Override
    public ISQLServerMessage messageHandler(ISQLServerMessage heard) {
        SqlMessage message =
                new SqlMessage(
                        heard.getErrorNumber(),
                        heard.getErrorSeverity(),
                        heard.getErrorState(),
                        heard.getErrorMessage());
        messages.add(message);
        listener.accept(message);
        return heard;
    }

    List<SqlMessage> messages() {
        return List.copyOf(messages);
    }

    boolean hasErrors() {
        return messages.stream().anyMatch(SqlMessage::isError);
    }

    /** Whether the server got over its errors: it told success after the last of them. */
    boolean endedWell() {
        for (SqlMessage message : messages.reversed()) {
            if (message.isError()) {
                return false;
            }
            if (message.number() == SqlMessage.SUCCEEDED) {
                return true;
            }
        }
        return false;
    }
}
