package dev.sluice.cli;

import dev.sluice.doctor.Doctor;
import dev.sluice.doctor.FakeMachine;
import dev.sluice.job.Folders;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole Sluice in a folder of its own, driven through its command line in this process. */
final class TestHome implements Backend, AutoCloseable {

    /** What a command wrote, and how it ended. */
    record Outcome(int code, String out, String err) {}

    final TestSignals signals = new TestSignals();

    /** What the last command chose. */
    @Nullable VdiChoice choice;

    private final Folders folders;
    private final EmbeddedServer embedded;
    private final SluiceEngine engine;

    TestHome(Path home) throws SqlServerException {
        folders = Folders.under(home);
        embedded = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(embedded));
    }

    /** Carries out a command; texts are split at blanks, anything else is one argument. */
    Outcome sluice(Object... parts) {
        List<String> arguments = new ArrayList<>();
        for (Object part : parts) {
            arguments.addAll(
                    part instanceof String text ? List.of(text.split(" ")) : List.of("" + part));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context =
                new CliContext(
                        Terminal.plain(new PrintWriter(out), new PrintWriter(err)),
                        signals,
                        this,
                        Path.of("sluice.log"));
        int code = Cli.run(arguments, context);
        return new Outcome(code, out.toString(), err.toString());
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
        embedded.close();
    }
}
