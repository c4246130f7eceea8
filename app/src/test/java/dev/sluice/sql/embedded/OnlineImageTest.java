package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.protocol.CommandCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/** What is in a backup that was taken while others wrote. */
class OnlineImageTest {

    private static final int WRITERS = 3;
    private static final int ROUNDS = 3;

    @TempDir Path folder;

    private EmbeddedServer server;
    private final AtomicLongArray begun = new AtomicLongArray(WRITERS);
    private final AtomicLongArray committed = new AtomicLongArray(WRITERS);
    private final AtomicBoolean stop = new AtomicBoolean();

    @BeforeEach
    void open() throws Exception {
        server = new EmbeddedServer(folder, new EmbeddedVdi());
        try (SqlSession session = server.connect()) {
            session.execute("CREATE DATABASE busy", message -> {});
        }
        try (Connection connection = server.openConnection("busy");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE a(w INT, n BIGINT, v VARBINARY(4000), PRIMARY KEY(w, n))");
            statement.execute("CREATE TABLE b(w INT, n BIGINT, PRIMARY KEY(w, n))");
            statement.execute("CREATE TABLE counters(w INT PRIMARY KEY, n BIGINT)");
            statement.execute("CREATE TABLE churn(id INT PRIMARY KEY, v VARBINARY(100000))");
            for (int writer = 0; writer < WRITERS; writer++) {
                statement.execute("INSERT INTO counters VALUES(%d, 0)".formatted(writer));
            }
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void holdsExactlyWhatWasCommittedAtItsMomentWhileOthersWrite() throws Exception {
        List<Thread> writers = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try (Connection keep = server.openConnection("busy");
                Statement statement = keep.createStatement()) {
            // freed space is used again at once, so that a mistake would show
            statement.execute("SET RETENTION_TIME 0");
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Thread thread = new Thread(() -> write(writer));
                thread.setUncaughtExceptionHandler((dead, e) -> failures.add(e));
                thread.start();
                writers.add(thread);
            }
            for (int round = 0; round < ROUNDS; round++) {
                backUpAndCheck(round);
            }
        } finally {
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotCommittedAndDoesNotWaitForIt() throws Exception {
        try (Connection open = server.openConnection("busy");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO b VALUES(0, 1)");
            statement.execute("UPDATE counters SET n = 99");
            new TestClient(server).restore("copy", new TestClient(server).backup("busy", 2));
            open.commit();
        }
        try (Connection copy = server.openConnection("copy");
                Connection busy = server.openConnection("busy")) {
            assertThat(number(copy, "SELECT COUNT(*) FROM b")).isZero();
            assertThat(number(copy, "SELECT MAX(n) FROM counters")).isZero();
            assertThat(number(busy, "SELECT COUNT(*) FROM b")).isEqualTo(1);
        }
    }

    private void backUpAndCheck(int round) throws Exception {
        awaitProgress(20);
        long[] before = snapshot(committed);
        long[] after = new long[WRITERS];
        AtomicBoolean seen = new AtomicBoolean();
        TestClient client =
                new TestClient(server)
                        .answering(
                                (set, device, number, command) -> {
                                    if (!seen.getAndSet(true)) {
                                        System.arraycopy(snapshot(begun), 0, after, 0, WRITERS);
                                    }
                                    if (command.code() == CommandCode.WRITE && number < 12) {
                                        // long enough for the writers to overwrite what they can
                                        awaitProgress(2);
                                    }
                                    return 0;
                                });
        List<byte[]> stripes = client.backup("busy", 1 + round % 3);
        new TestClient(server).restore("copy" + round, stripes);
        check("copy" + round, before, after);
    }

    private void check(String copy, long[] before, long[] after) throws SQLException, Exception {
        try (Connection connection = server.openConnection(copy)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                long n = number(connection, "SELECT n FROM counters WHERE w = " + writer);
                assertThat(n).isBetween(before[writer], after[writer]);
                for (String table : List.of("a", "b")) {
                    String where = " FROM " + table + " WHERE w = " + writer;
                    assertThat(number(connection, "SELECT COUNT(*)" + where)).isEqualTo(n);
                    assertThat(number(connection, "SELECT COALESCE(MAX(n), 0)" + where))
                            .isEqualTo(n);
                }
            }
            assertThat(number(connection, "SELECT SUM(LENGTH(v)) FROM a")).isPositive();
            assertThat(number(connection, "SELECT COALESCE(SUM(LENGTH(v)), 0) FROM churn"))
                    .isNotNegative();
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long[] snapshot(AtomicLongArray counts) {
        long[] copy = new long[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }

    /** Waits until each writer has committed some more. */
    private synchronized void awaitProgress(int transactions) {
        long[] start = snapshot(committed);
        for (int i = 0; i < WRITERS; i++) {
            while (committed.get(i) < start[i] + transactions && !stop.get()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private synchronized void progressed() {
        notifyAll();
    }

    private void write(int writer) {
        Random random = new Random(writer);
        try (Connection connection = server.openConnection("busy")) {
            connection.setAutoCommit(false);
            for (long n = 1; !stop.get(); n++) {
                begun.set(writer, n);
                transaction(connection, writer, n, random);
                committed.set(writer, n);
                progressed();
            }
        } catch (Exception e) {
            stop.set(true);
            progressed();
            throw new IllegalStateException(e);
        }
    }

    private static void transaction(Connection connection, int writer, long n, Random random)
            throws SQLException {
        byte[] value = new byte[100 + random.nextInt(3000)];
        random.nextBytes(value);
        try (PreparedStatement a = connection.prepareStatement("INSERT INTO a VALUES(?, ?, ?)");
                PreparedStatement b = connection.prepareStatement("INSERT INTO b VALUES(?, ?)");
                PreparedStatement c =
                        connection.prepareStatement("UPDATE counters SET n = ? WHERE w = ?");
                PreparedStatement churn =
                        connection.prepareStatement("MERGE INTO churn VALUES(?, ?)")) {
            a.setInt(1, writer);
            a.setLong(2, n);
            a.setBytes(3, value);
            a.executeUpdate();
            byte[] garbage = new byte[random.nextInt(20_000)];
            random.nextBytes(garbage);
            churn.setInt(1, writer * 20 + random.nextInt(20));
            churn.setBytes(2, garbage);
            churn.executeUpdate();
            b.setInt(1, writer);
            b.setLong(2, n);
            b.executeUpdate();
            c.setLong(1, n);
            c.setInt(2, writer);
            c.executeUpdate();
        }
        connection.commit();
    }
}
