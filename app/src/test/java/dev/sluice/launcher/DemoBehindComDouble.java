package dev.sluice.launcher;

import dev.sluice.cli.Backend;
import dev.sluice.cli.Cli;
import dev.sluice.cli.CliContext;
import dev.sluice.cli.SecretInputs;
import dev.sluice.cli.Terminal;
import dev.sluice.cli.VdiChoice;
import dev.sluice.doctor.Doctor;
import dev.sluice.job.AddedServers;
import dev.sluice.job.Folders;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.server.ServerVdiProvider;

import java.nio.file.Path;
import java.util.List;

/**
 * A program: the demo, with the embedded server behind {@code sqlvdi.dll}'s double. Runs on the
 * class path, since what it takes from the other module's tests and insides is closed to modules;
 * for the same reason it is reached by reflection.
 */
final class DemoBehindComDouble {

    private static final String PACKAGE = "dev.sluice.vdi.jna.";

    private DemoBehindComDouble() {}

    /** The argument is a folder for everything; ends with the demo's code. */
    public static void main(String[] arguments) throws Exception {
        Path library = (Path) type("Doubles").getMethod("comLibrary").invoke(null);
        Object com = type("com.ComDouble").getConstructor(Path.class).newInstance(library);
        Object vdi = type("com.ComVdi").getConstructor(type("com.ComRuntime")).newInstance(com);
        Folders folders = Folders.under(Path.of(arguments[0]));
        int code;
        try (EmbeddedServer server =
                        new EmbeddedServer(folders.data(), (VdiProvider & ServerVdiProvider) vdi);
                SluiceEngine engine = new SluiceEngine(folders, List.of(server))) {
            code = Cli.run(List.of("demo", "--size", "16M"), context(server, engine));
        }
        Object control = type("DoubleControl").getMethod("of", Path.class).invoke(null, library);
        System.out.println(
                "violations " + control.getClass().getMethod("violations").invoke(control));
        for (String counter : List.of("server_sets", "references", "apartments", "mappings")) {
            System.out.println(
                    counter
                            + " "
                            + control.getClass()
                                    .getMethod("counter", String.class)
                                    .invoke(control, counter));
        }
        System.exit(code);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    private static CliContext context(EmbeddedServer server, SluiceEngine engine) {
        Backend backend =
                new Backend() {
                    @Override
                    public void choose(VdiChoice choice) {}

                    @Override
                    public SluiceEngine engine() {
                        return engine;
                    }

                    @Override
                    public EmbeddedServer embedded() {
                        return server;
                    }

                    @Override
                    public AddedServers servers() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Doctor doctor() {
                        throw new UnsupportedOperationException();
                    }
                };
        return new CliContext(
                Terminal.ofProcess(System.getenv()),
                SecretInputs.ofProcess(System.getenv()),
                new ProcessStopSignals(),
                backend,
                Path.of("sluice.log"));
    }
}
