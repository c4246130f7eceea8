package dev.sluice.cli;

import dev.sluice.doctor.Doctor;
import dev.sluice.doctor.FakeMachine;
import dev.sluice.job.AddedServers;
import dev.sluice.job.Folders;
import dev.sluice.job.SluiceEngine;
import dev.sluice.secret.MemoryStore;
import dev.sluice.secret.Secret;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.mssql.MssqlServer.VdiOfMachine;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole Sluice in a folder of its own, driven through its command line in this process. */
public final class TestHome implements Backend, AutoCloseable {

    /** What a command wrote, and how it ended. */
    public record Outcome(int code, String out, String err) {}

    public final TestSignals signals = new TestSignals();

    /** What the last command chose. */
    @Nullable VdiChoice choice;

    /** What somebody types when asked; null for nobody at the terminal. */
    @Nullable String typed;

    /** Standard input of the next command. */
    public String input = "";

    public final Map<String, String> environment = new HashMap<>();
    final MemoryStore store;

    /** What somebody was asked for. */
    final List<String> prompts = new ArrayList<>();

    private final AddedServers servers;
    private final Folders folders;
    private final EmbeddedServer embedded;
    private final SluiceEngine engine;
    private volatile Output output = new Output(new StringWriter(), new StringWriter());

    private record Output(StringWriter out, StringWriter err) {}

    /** One without SQL Server's library. */
    TestHome(Path home) throws SqlServerException {
        this(
                home,
                new MemoryStore(),
                () -> {
                    throw new SqlServerException(List.of());
                });
    }

    /**
     * @param store for the secrets of added servers
     * @param vdi for their device sets
     */
    public TestHome(Path home, MemoryStore store, VdiOfMachine vdi) throws SqlServerException {
        this.store = store;
        folders = Folders.under(home);
        embedded = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        servers = new AddedServers(folders, store, vdi);
        engine = new SluiceEngine(folders, List.of(embedded), servers);
    }

    /** Carries out a command; texts are split at blanks, anything else is one argument. */
    public Outcome sluice(Object... parts) {
        List<String> arguments = new ArrayList<>();
        for (Object part : parts) {
            arguments.addAll(
                    part instanceof String text ? List.of(text.split(" ")) : List.of("" + part));
        }
        Output written = new Output(new StringWriter(), new StringWriter());
        output = written;
        CliContext context =
                new CliContext(
                        Terminal.plain(new PrintWriter(written.out), new PrintWriter(written.err)),
                        secrets(),
                        signals,
                        this,
                        Path.of("sluice.log"));
        int code = Cli.run(arguments, context);
        return new Outcome(code, written.out.toString(), written.err.toString());
    }

    /** What the last command has written so far; from any thread. */
    public String written() {
        Output written = output;
        return written.out.toString() + written.err;
    }

    SecretInputs secrets() {
        return new SecretInputs(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8,
                environment,
                question -> {
                    prompts.add(question.text().english());
                    return typed == null ? null : new Secret(typed.toCharArray());
                });
    }

    @Override
    public AddedServers servers() {
        return servers;
    }

    @Override
    public void choose(VdiChoice newChoice) {
        choice = newChoice;
    }

    @Override
    public SluiceEngine engine() {
        return engine;
    }

    @Override
    public EmbeddedServer embedded() {
        return embedded;
    }

    /** For a machine without SQL Server, so that no finding depends on the one this runs on. */
    @Override
    public Doctor doctor() {
        return new Doctor(new FakeMachine(), folders);
    }

    @Override
    public void close() {
        engine.close();
        servers.close();
        embedded.close();
    }
}
