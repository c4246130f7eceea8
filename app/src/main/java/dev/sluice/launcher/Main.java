package dev.sluice.launcher;

import dev.sluice.cli.Cli;
import dev.sluice.cli.CliContext;
import dev.sluice.cli.SecretInputs;
import dev.sluice.cli.Terminal;
import dev.sluice.cli.VdiChoice;
import dev.sluice.job.Folders;
import dev.sluice.ui.SluiceWindow;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the process begins. With a command it is the command line. Without, it opens the window; on
 * a machine without a display it says so and performs the demo.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Never returns: the process ends with the exit code of the command line, or 0. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv()));
    }

    private static int run(List<String> arguments, Map<String, String> environment) {
        Folders folders = Folders.of(environment);
        Path log = startLog(folders);
        OpenOnUse backend = new OpenOnUse(folders);
        // for a signal while no job listens, and for the end of the desktop's session
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(backend), "shutdown"));
        try (backend) {
            Optional<Path> profile = Cli.profileToOpen(arguments);
            if (profile.isPresent() && Display.isThere(environment)) {
                return window(backend, profile);
            }
            Optional<VdiChoice> forWindow = Cli.forWindow(arguments);
            if (forWindow.isPresent() && Display.isThere(environment)) {
                backend.choose(forWindow.get());
                return window(backend, Optional.empty());
            }
            CliContext context =
                    new CliContext(
                            Terminal.ofProcess(environment),
                            SecretInputs.ofProcess(environment),
                            new ProcessStopSignals(),
                            backend,
                            log);
            return Cli.run(forWindow.isPresent() ? demo(arguments) : arguments, context);
        }
    }

    private static List<String> demo(List<String> options) {
        System.out.println(
                "There is no display for the window, so here is the demo; \"sluice --help\" shows"
                        + " the commands.");
        List<String> arguments = new ArrayList<>(options);
        arguments.add("demo");
        return arguments;
    }

    private static int window(OpenOnUse backend, Optional<Path> profile) {
        try {
            SluiceWindow.openAndWait(
                    backend.engine(),
                    Path.of(System.getProperty("user.home"), "sluice-backups"),
                    profile);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("interrupted while the window was open", e);
        }
        return 1;
    }

    private static Path startLog(Folders folders) {
        Path folder = folders.log();
        try {
            folders.create();
            return SluiceLog.start(folder);
        } catch (IOException e) {
            System.err.println("Sluice cannot write its log in " + folder + ": " + e);
            return folder;
        }
    }

    private static void end(OpenOnUse backend) {
        backend.close();
        SluiceLog.stop();
    }
}
