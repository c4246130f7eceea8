package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

class BackupAndRestoreTest {

    @TempDir Path folder;

    private EmbeddedServer server;
    private TestClient client;

    @BeforeEach
    void open() throws Exception {
        Random random = new Random(42);
        server =
                new EmbeddedServer(
                        folder,
                        new EmbeddedVdi(),
                        (block, max) -> {
                            synchronized (random) {
                                return block * (1 + random.nextInt(max / block));
                            }
                        });
        client = new TestClient(server);
        execute("CREATE DATABASE [a]");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void execute(String sql) throws Exception {
        try (SqlSession session = server.connect()) {
            session.execute(sql, message -> {});
        }
    }

    private void run(String database, String... sql) throws Exception {
        try (Connection connection = server.openConnection(database);
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void restoresWhatWasBackedUp(int devices) throws Exception {
        run(
                "a",
                "CREATE TABLE t(id INT PRIMARY KEY, v VARBINARY(5000))",
                "INSERT INTO t SELECT x, RANDOM_UUID() || CAST(x AS VARCHAR) FROM SYSTEM_RANGE(1,"
                        + " 20000)");
        List<byte[]> stripes = client.backup("a", devices);
        assertThat(client.heard())
                .extracting(SqlMessage::number)
                .endsWith(4035, SqlMessage.SUCCEEDED);
        client.restore("b", stripes);
        try (Connection a = server.openConnection("a");
                Connection b = server.openConnection("b")) {
            assertThat(DatabaseComparison.compare(a, b).differences()).isEmpty();
        }
    }

    @Test
    void restoresTheSampleWithEveryRow() throws Exception {
        SampleDatabase.create(server, "s", 4 << 20);
        client.restore("t", client.backup("s", 3));
        try (Connection a = server.openConnection("s");
                Connection b = server.openConnection("t")) {
            DatabaseComparison.Result result = DatabaseComparison.compare(a, b);
            assertThat(result.differences()).isEmpty();
            assertThat(result.equalRows()).isGreaterThan(2000);
        }
    }
}
