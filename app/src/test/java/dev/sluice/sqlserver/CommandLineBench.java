package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Passwords;
import dev.sluice.cli.TestHome;
import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.secret.MemoryStore;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The command line in front of a {@link SqlServerDouble}, on a scratch folder. Every command is as
 * good as a process of its own: it has nothing of the one before but its files, and the store for
 * secrets. No password may be in what it writes.
 */
final class CommandLineBench implements AutoCloseable {

    /** The option by which a command gets the password. */
    static final String SECRET = "--password-env SLUICE_TEST_PASSWORD";

    final SqlServerDouble server = new SqlServerDouble();
    final Path backups;
    private final Path folder;
    private final MemoryStore store = new MemoryStore();
    private volatile String password = SqlServerDouble.PASSWORD;
    private volatile @Nullable TestHome running;

    CommandLineBench(Path folder) throws Exception {
        this.folder = folder;
        this.backups = folder.resolve("backups");
    }

    /** The options that say where the server is. */
    String address() throws CertificateEncodingException {
        return "--host 127.0.0.1 --port %d --user %s --trust-certificate %s"
                .formatted(server.port(), SqlServerDouble.USER, server.fingerprint());
    }

    /** From now on the password that is given is another. */
    void mistypePassword() {
        password = "wrong " + SqlServerDouble.PASSWORD;
    }

    /** Carries out a command as it is typed: texts are split at blanks, empty ones left out. */
    Outcome sluice(Object... parts) {
        try (TestHome home = new TestHome(folder.resolve("home"), store, server::nativeLibrary)) {
            running = home;
            home.environment.put("SLUICE_TEST_PASSWORD", password);
            home.input = password + "\n";
            Outcome outcome =
                    home.sluice(Arrays.stream(parts).filter(part -> !part.equals("")).toArray());
            assertThat(outcome.out() + outcome.err()).doesNotContain(Passwords.MARK);
            return outcome;
        } catch (Exception e) {
            throw new AssertionError("the command line did not even begin", e);
        } finally {
            running = null;
        }
    }

    /** Carries out a command that must succeed. */
    String done(Object... parts) {
        Outcome outcome = sluice(parts);
        assertThat(outcome.code()).as("%s", outcome).isZero();
        return outcome.out();
    }

    /** Carries out a command that must succeed, and print JSON and nothing else. */
    JsonNode json(Object... parts) {
        return new JsonMapper().readTree(done(parts));
    }

    /** Backs up the database, and gives the folder of its set. */
    Path backUp(String database, String options) {
        JsonNode end =
                json(
                        "backup --server prod --database " + database + " --to",
                        backups,
                        "--block-size 512 --json",
                        SECRET,
                        options);
        return Path.of(end.get("set").asString());
    }

    /** The database that must be there. */
    ServerDatabase database(String name) {
        return Objects.requireNonNull(server.find(name), name);
    }

    // ---- a command that is stopped

    /** Begins a command. */
    CompletableFuture<Outcome> start(Object... parts) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("sluice")
                .start(
                        () -> {
                            try {
                                end.complete(sluice(parts));
                            } catch (Throwable e) {
                                end.completeExceptionally(e);
                            }
                        });
        return end;
    }

    /** Presses Ctrl-C as soon as the command listens. */
    void pressCtrlC() {
        await(home -> home.signals.press());
    }

    /** Waits until the command has written something. */
    void awaitWritten(String words) {
        await(home -> home.written().contains(words));
    }

    private void await(Predicate<TestHome> condition) {
        long deadline = System.nanoTime() + DeviceEnd.PATIENCE.toNanos();
        TestHome home = running;
        while (home == null || !condition.test(home)) {
            assertThat(System.nanoTime())
                    .as(home == null ? "no command runs" : home.written())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            home = running;
        }
    }

    static Outcome await(CompletableFuture<Outcome> end) throws Exception {
        return end.get(DeviceEnd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    // ---- what there is

    /** The statements so far that restore. */
    List<String> restores() {
        return server.statements().stream()
                .filter(text -> text.matches("(?s)RESTORE (DATABASE|LOG) .*"))
                .toList();
    }

    /** Every file of the backups. */
    List<Path> files() throws IOException {
        if (!Files.exists(backups)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(backups)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        assertThat(Passwords.under(folder)).isEmpty();
    }
}
