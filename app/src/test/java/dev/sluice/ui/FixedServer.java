package dev.sluice.ui;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.vdi.VdiProvider;

import java.util.List;
import java.util.function.Consumer;

/** A server that lists databases and can do nothing else. */
public record FixedServer(String name, List<DatabaseInfo> databases) implements SqlServer {

    @Override
    public VdiProvider vdi() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SqlSession connect() {
        return new Session(databases);
    }

    private record Session(List<DatabaseInfo> databases) implements SqlSession {

        @Override
        public ServerFacts facts() {
            return new ServerFacts(
                    "here", null, "17.0.1", "Developer", "me", true, null, null, null, null);
        }

        @Override
        public List<DatabaseFile> files() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StatementResult execute(String statement, Consumer<SqlMessage> messages) {
            throw new UnsupportedOperationException(statement);
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
