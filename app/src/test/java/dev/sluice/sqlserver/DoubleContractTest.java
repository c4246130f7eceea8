package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlServer;

import java.util.Objects;

/** SQL Server's double, through SQL Server's own driver. */
class DoubleContractTest extends SqlServerContract {

    private static final String DATABASE = "Contract";

    private final SqlServerDouble server;
    private final ServerDatabase database;

    DoubleContractTest() throws Exception {
        server = new SqlServerDouble();
        database = server.createLive(DATABASE);
        database.fill(DATABASE, 40);
    }

    @Override
    SqlServer server() throws Exception {
        return server.asAdded();
    }

    @Override
    String database() {
        return DATABASE;
    }

    @Override
    void change() {
        database.write(DATABASE, 7, "changed at " + database.now());
    }

    @Override
    void assertSame(String one, String other) {
        assertThat(database(other).content().values())
                .containsExactlyElementsOf(database(one).content().values());
    }

    private ServerDatabase database(String name) {
        return Objects.requireNonNull(server.find(name));
    }

    @Override
    void tidyUp() throws Exception {
        server.close();
    }
}
