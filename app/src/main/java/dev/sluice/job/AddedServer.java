package dev.sluice.job;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.VdiProvider;

/**
 * A server that the user added. A secret that it refuses is not used a second time.
 *
 * @param server the server itself
 * @param forget makes the next connection ask for the secret again
 */
record AddedServer(SqlServer server, Runnable forget) implements SqlServer {

    private static final int LOGIN_FAILED = 18456;

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public VdiProvider vdi() throws SqlServerException {
        return server.vdi();
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        try {
            return server.connect();
        } catch (SqlServerException e) {
            if (e.has(LOGIN_FAILED)) {
                forget.run();
            }
            throw e;
        }
    }
}
