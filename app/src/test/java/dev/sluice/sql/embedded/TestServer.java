package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** An embedded server in a folder, which reads in random sizes, and what tests do with it. */
final class TestServer implements AutoCloseable {

    /** Transfers so small that even a small database needs many. */
    static final TransferOptions SMALL = new TransferOptions(512, 6, 65536);

    final EmbeddedServer server;
    private final Path folder;

    TestServer(Path folder, long seed) throws SqlServerException {
        Random random = new Random(seed);
        this.folder = folder;
        this.server =
                new EmbeddedServer(
                        folder,
                        new EmbeddedVdi(),
                        (block, max) -> {
                            synchronized (random) {
                                return block * (1 + random.nextInt(max / block));
                            }
                        });
    }

    TestClient client() {
        return new TestClient(server);
    }

    StatementResult execute(String sql) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            return session.execute(sql, message -> {});
        }
    }

    void run(String database, String... sql) throws SqlServerException, SQLException {
        try (Connection connection = server.openConnection(database);
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    long number(String database, String query) throws SqlServerException, SQLException {
        try (Connection connection = server.openConnection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Makes a database with a table t(id, v) of so many rows of 1000 random bytes. */
    void createFilled(String name, int rows) throws SqlServerException, SQLException {
        execute("CREATE DATABASE " + TSql.quoteName(name));
        run(
                name,
                "CREATE TABLE t(id INT PRIMARY KEY, v VARBINARY(1000))",
                "INSERT INTO t SELECT x, SECURE_RAND(1000) FROM SYSTEM_RANGE(1, %d)"
                        .formatted(rows));
    }

    boolean areEqual(String one, String other) throws SqlServerException, SQLException {
        try (Connection a = server.openConnection(one);
                Connection b = server.openConnection(other)) {
            return DatabaseComparison.compare(a, b).isEqual();
        }
    }

    static BackupStatement backup(String database, int devices, BackupType type, boolean copyOnly) {
        return new BackupStatement(
                type,
                database,
                new Scope.WholeDatabase(),
                TestClient.names(devices),
                new BackupStatement.Options(
                        copyOnly,
                        true,
                        false,
                        new Compression.ServerDefault(),
                        SMALL,
                        10,
                        "",
                        "",
                        TailLog.NONE));
    }

    static RestoreStatement restore(
            String database, int devices, boolean replace, boolean noRecovery) {
        return new RestoreStatement(
                RestoreStatement.Kind.DATABASE,
                database,
                new Scope.WholeDatabase(),
                TestClient.names(devices),
                new RestoreStatement.Options(
                        1,
                        true,
                        replace,
                        false,
                        noRecovery ? new Recovery.NoRecovery() : new Recovery.Recover(),
                        new StopAt.End(),
                        List.of(),
                        SMALL,
                        10));
    }

    /** Names of all data files and other files of databases. */
    List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(path -> !path.startsWith(".locks"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
