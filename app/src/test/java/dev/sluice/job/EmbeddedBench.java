package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TransferOptions;
import dev.sluice.sql.embedded.DatabaseComparison;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** An engine in front of a real embedded server with a small sample database. */
final class EmbeddedBench implements AutoCloseable {

    static final String SAMPLE = "Sample";

    /** Small transfers, so that even a small database needs many commands. */
    static final TransferOptions SMALL = new TransferOptions(65536, 0, 65536);

    final CloseWatchingVdi vdi;
    final EmbeddedServer server;
    final SluiceEngine engine;
    final Path destination;

    EmbeddedBench(Provider provider, Path home) throws SqlServerException {
        this.vdi = provider.open();
        Folders folders = Folders.under(home);
        this.server = new EmbeddedServer(folders.data(), vdi);
        this.engine = new SluiceEngine(folders, List.of(server));
        this.destination = home.resolve("backups");
    }

    void createSample(long size) throws SqlServerException {
        SampleDatabase.create(server, SAMPLE, size);
    }

    BackupRequest backup(BackupType type, int devices, long limitRate) {
        return new BackupRequest(
                "embedded", SAMPLE, type, false, true, destination, devices, SMALL, limitRate);
    }

    static RestoreRequest restore(Path set, String database, boolean replace, long limitRate) {
        return new RestoreRequest(
                "embedded",
                set,
                database,
                RestoreRequest.Options.plain(replace, false),
                SMALL,
                limitRate);
    }

    static RestoreRequest restoreWithNoRecovery(Path set, String database) {
        return new RestoreRequest(
                "embedded", set, database, RestoreRequest.Options.plain(false, true), SMALL, 0);
    }

    Job make(JobRequest request) {
        return engine.job(request, "a test");
    }

    JobSnapshot run(JobRequest request) {
        Job job = make(request);
        job.start();
        return Bench.await(job);
    }

    /** Runs a job that must succeed, and gives the folder of its set. */
    Path complete(JobRequest request) {
        JobSnapshot end = run(request);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        return Objects.requireNonNull(end.set());
    }

    @Nullable DatabaseInfo database(String name) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            return session.databases().stream()
                    .filter(database -> database.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    void drop(String name) throws SqlServerException {
        execute("DROP DATABASE [" + name + "]");
    }

    void execute(String statement) throws SqlServerException {
        try (SqlSession session = server.connect()) {
            session.execute(statement, message -> {});
        }
    }

    void assertEqual(String one, String other) throws SqlServerException, SQLException {
        try (Connection left = server.openConnection(one);
                Connection right = server.openConnection(other)) {
            DatabaseComparison.Result result = DatabaseComparison.compare(left, right);
            assertThat(result.differences()).isEmpty();
            assertThat(result.equalRows()).isPositive();
        }
    }

    /** Every file under the destination. */
    List<Path> files() throws IOException {
        if (!Files.exists(destination)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(destination)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Removes a set. */
    void delete(Path set) throws IOException {
        try (Stream<Path> files = Files.list(set)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(set);
    }

    @Override
    public void close() {
        engine.close();
        server.close();
    }
}
