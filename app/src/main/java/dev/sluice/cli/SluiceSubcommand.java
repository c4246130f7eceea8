package dev.sluice.cli;

import dev.sluice.job.Listing;
import dev.sluice.job.UnknownNameException;
import dev.sluice.secret.SecretException;
import dev.sluice.sql.SqlServerException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** What the commands have in common. */
@Command(
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        abbreviateSynopsis = false)
abstract class SluiceSubcommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    private final CliContext context;

    SluiceSubcommand(CliContext context) {
        this.context = context;
    }

    final CliContext context() {
        return context;
    }

    final PrintWriter out() {
        return context.terminal().out();
    }

    /** The command as typed, to report wrong usage on. */
    final CommandLine commandLine() {
        return spec.commandLine();
    }

    /**
     * Has the secret of a server at hand, before anything is drawn over a prompt for it.
     *
     * @throws UnknownNameException when there is no such server
     */
    final void unlock(String server, SecretOptions options)
            throws SqlServerException, SecretException {
        context.engine().server(server);
        if (!context.servers(options).askNow(server) && options.areGiven()) {
            throw new ParameterException(
                    commandLine(),
                    "there is no secret to give: server \"%s\" takes none".formatted(server));
        }
    }

    /** Tells about files that cannot be used, and returns the exit code. */
    final int tellProblems(Listing<?> listing) {
        listing.problems().forEach(context.terminal().err()::println);
        return listing.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Tells how many runs a newer Sluice wrote, which nothing that was printed knows of. */
    final void tellLeftOut(int newer) {
        if (newer > 0) {
            context.terminal()
                    .err()
                    .println(
                            "Left out: %s that only a newer version of Sluice can read"
                                    .formatted(Text.count(newer, "run")));
        }
    }

    /** Makes something of options. */
    @FunctionalInterface
    interface FromOptions<T> {
        T get() throws IOException;
    }

    /** What the supplier makes of the options; its refusal is wrong usage. */
    final <T> T fromOptions(FromOptions<T> supplier) throws IOException {
        try {
            return supplier.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
