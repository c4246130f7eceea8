package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlServer;

import java.util.Objects;

/** SQL Server's double, through SQL Server's own driver. */
class DoubleContractTest extends SqlServerContract {

    private final SqlServerDouble server;

    DoubleContractTest() throws Exception {
        server = new SqlServerDouble();
        server.create(Recording.chain());
    }

    @Override
    SqlServer server() throws Exception {
        return server.asAdded();
    }

    @Override
    String database() {
        return Recording.CHAIN;
    }

    @Override
    void assertSame(String one, String other) {
        ServerDatabase copy = Objects.requireNonNull(server.find(other));
        assertThat(copy.restored).containsExactly(Recording.chain().getFirst());
    }

    @Override
    void tidyUp() throws Exception {
        server.close();
    }
}
