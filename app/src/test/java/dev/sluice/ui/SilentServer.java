package dev.sluice.ui;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.words.Told;

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
                Told.of(
                        "connect.failed",
                        name,
                        Told.of("connect.port", "sql01", "1433"),
                        Told.lines(
                                Told.of("connect.refused", "1433", "connection refused"),
                                Told.of("connect.refused.do", "1433"))),
                new ConnectException("connection refused"));
    }
}
