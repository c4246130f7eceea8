package dev.sluice.ui;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.VdiProvider;

import java.net.ConnectException;

/** A server that cannot be reached. */
record SilentServer(String name) implements SqlServer {

    @Override
    public VdiProvider vdi() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        throw new SqlServerException(
                "The server \"%s\" at sql01, port 1433, cannot be reached: connection refused."
                                .formatted(name)
                        + " Is SQL Server running, and does it listen on that port?",
                new ConnectException("connection refused"));
    }
}
