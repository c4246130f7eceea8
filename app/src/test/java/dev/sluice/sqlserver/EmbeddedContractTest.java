package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlServer;
import dev.sluice.sql.embedded.DatabaseComparison;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** The server that is part of the product. */
class EmbeddedContractTest extends SqlServerContract {

    private final EmbeddedServer server;
    private int changes;

    EmbeddedContractTest(@TempDir Path data) throws Exception {
        server = new EmbeddedServer(data, new EmbeddedVdi());
        SampleDatabase.create(server, database(), SampleDatabase.MIN_SIZE);
    }

    @Override
    SqlServer server() {
        return server;
    }

    @Override
    String database() {
        return "Contract";
    }

    @Override
    void change() throws Exception {
        try (Connection connection = server.openConnection(database());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE more_%d (n INT)".formatted(++changes));
        }
    }

    @Override
    void assertSame(String one, String other) throws Exception {
        try (Connection left = server.openConnection(one);
                Connection right = server.openConnection(other)) {
            DatabaseComparison.Result result = DatabaseComparison.compare(left, right);
            assertThat(result.differences()).isEmpty();
            assertThat(result.equalRows()).isPositive();
        }
    }

    @Override
    void tidyUp() {
        server.close();
    }
}
