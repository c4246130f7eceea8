package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The door to the command line. */
public final class Cli {

    /** The fewest columns that picocli writes help in. */
    private static final int LEAST_WIDTH = 55;

    private Cli() {}

    /**
     * Carries out one command.
     *
     * @param arguments as typed, without the name of the program
     * @return 0 done, 1 failed, 2 wrong usage, 130 cancelled; never ends the process
     */
    public static int run(List<String> arguments, CliContext context) {
        CommandLine tree = SluiceCommand.tree(context);
        Ansi ansi = context.terminal().live() ? Ansi.ON : Ansi.OFF;
        Failures failures = new Failures(context.terminal().err(), context.log());
        SluiceCommand sluice = tree.getCommand();
        return tree.registerConverter(Path.class, new PathConverter())
                .setOut(context.terminal().out())
                .setErr(context.terminal().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(Math.max(LEAST_WIDTH, context.terminal().columns()))
                .setExecutionStrategy(
                        parsed -> {
                            context.backend().choose(sluice.vdi());
                            return new CommandLine.RunLast().execute(parsed);
                        })
                .setParameterExceptionHandler((wrong, args) -> usage(wrong))
                .setExecutionExceptionHandler(
                        (failure, command, parsed) ->
                                failures.tell(failure, command.getCommandSpec().qualifiedName()))
                .execute(arguments.toArray(String[]::new));
    }

    /**
     * What is given for the window: no command, and no option but {@code --vdi}.
     *
     * @return how to reach device sets; empty when something else is given, or something wrong
     */
    public static Optional<VdiChoice> forWindow(List<String> arguments) {
        return VdiOption.alone(arguments);
    }

    /**
     * The exported profile that a desktop opens with Sluice: its file is all that is given, and is
     * there.
     */
    public static Optional<Path> profileToOpen(List<String> arguments) {
        return arguments.size() == 1 && arguments.getFirst().endsWith(".sluice")
                ? Optional.of(Path.of(arguments.getFirst())).filter(Files::isRegularFile)
                : Optional.empty();
    }

    private static int usage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try: " + name + " --help");
        err.flush();
        return ExitCode.WRONG_USAGE;
    }
}
