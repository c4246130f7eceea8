package dev.sluice.job;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that do on the command line what the window does, to be handed to a scheduler or a
 * script.
 */
public final class CommandText {

    private static final String PROGRAM = "sluice";

    /** The command line takes such a value for the next option. */
    private static final Pattern MISTAKABLE = Pattern.compile("--[a-z-]+=-.*", Pattern.DOTALL);

    private CommandText() {}

    /** Who reads the command, and so how its arguments are quoted. */
    public enum Shell {
        /** A POSIX shell, and cron. */
        SH("[A-Za-z0-9_.,:/@=+-]+", "[^\\x00]*") {
            @Override
            String quote(String argument) {
                return "'" + argument.replace("'", "'\\''") + "'";
            }
        },
        /** The command prompt, batch files, and the Task Scheduler. */
        CMD("[A-Za-z0-9_.:/\\\\@=+-]+", "[^\"%\\p{Cntrl}]*") {
            @Override
            String quote(String argument) {
                // a backslash before the closing quote would make it a part of the argument
                return "\"" + argument.replaceFirst("(\\\\+)$", "$1$1") + "\"";
            }
        },
        /** PowerShell, where the program is a batch file, so the command prompt reads it again. */
        POWERSHELL("[A-Za-z0-9_-]+", "[^\"%\\p{Cntrl}]*") {
            @Override
            String quote(String argument) {
                return "'" + CMD.word(argument).replace("'", "''") + "'";
            }
        };

        private final Pattern plain;
        private final Pattern possible;

        Shell(String plain, String possible) {
            this.plain = Pattern.compile(plain);
            this.possible = Pattern.compile(possible, Pattern.DOTALL);
        }

        /** Quotes an argument that is not plain. */
        abstract String quote(String argument);

        /** An argument as this shell reads it back unchanged. */
        String word(String argument) {
            return plain.matcher(argument).matches() ? argument : quote(argument);
        }

        /**
         * A command of the program; empty when an argument cannot be written safely: a batch file
         * cannot be given a quotation mark, a percent sign or a line break as they are.
         *
         * @param arguments without the program's name
         */
        Optional<String> line(List<String> arguments) {
            return arguments.stream().allMatch(argument -> possible.matcher(argument).matches())
                    ? Optional.of(
                            PROGRAM
                                    + " "
                                    + arguments.stream()
                                            .map(this::word)
                                            .collect(Collectors.joining(" ")))
                    : Optional.empty();
        }

        /** The shells people use on this system, the most likely first. */
        public static List<Shell> ofThisSystem() {
            String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return system.startsWith("windows") ? List.of(CMD, POWERSHELL) : List.of(SH);
        }
    }

    /** The command that runs a profile; empty when its name cannot be written for this shell. */
    public static Optional<String> run(Profile profile, Shell shell) {
        return shell.line(arguments(profile));
    }

    /**
     * The command that does a backup or a restore; empty when it cannot be written for this shell,
     * a name in it would be taken for an option, or no options say it.
     */
    public static Optional<String> of(JobRequest request, Shell shell) {
        if (!isSayable(request)) {
            return Optional.empty();
        }
        List<String> arguments = arguments(request);
        return arguments.stream().anyMatch(argument -> MISTAKABLE.matcher(argument).matches())
                ? Optional.empty()
                : shell.line(arguments);
    }

    /** The arguments that run a profile. */
    static List<String> arguments(Profile profile) {
        String name = profile.name();
        if (name.startsWith("-")) {
            return List.of("run", "--", name);
        }
        // a single one would be taken for the name of a file that holds arguments
        return List.of("run", name.startsWith("@") ? "@" + name : name);
    }

    // the options name files to restore, or begin with what can be written, and nothing between
    private static boolean isSayable(JobRequest request) {
        if (!(request instanceof RestoreRequest restore)) {
            return true;
        }
        boolean moves =
                restore.options().moves().stream()
                        .noneMatch(move -> move.logicalName().contains("="));
        return moves
                && switch (restore.options().scope()) {
                    case Scope.WholeDatabase _ -> !restore.options().partial();
                    case Scope.Files _ -> true;
                    case Scope.ReadWriteFilegroups some ->
                            restore.options().partial() && some.readOnly().isEmpty();
                };
    }

    /** The arguments that do it; what is as usual is left out. */
    static List<String> arguments(JobRequest request) {
        return switch (request) {
            case BackupRequest backup -> arguments(backup);
            case RestoreRequest restore -> arguments(restore);
        };
    }

    private static List<String> arguments(BackupRequest request) {
        BackupStatement.Options options = request.options();
        List<String> arguments = new ArrayList<>();
        arguments.add("backup");
        arguments.add("--server=" + request.server());
        request.databases().forEach(database -> arguments.add("--database=" + database));
        arguments.add("--to=" + request.destination().toAbsolutePath().normalize());
        arguments.add("--type=" + request.type().word());
        arguments.add("--devices=" + request.devices());
        add(request.scope(), arguments);
        flag(options.tail().noRecovery(), "--tail", arguments);
        flag(options.tail().noTruncate(), "--no-truncate", arguments);
        flag(options.copyOnly(), "--copy-only", arguments);
        flag(!options.checksum(), "--no-checksum", arguments);
        unlessUsual("--compression=", options.compression().word(), "", arguments);
        unlessUsual("--name=", options.name(), "", arguments);
        unlessUsual("--description=", options.description(), "", arguments);
        unlessUsual("--stats=", options.stats(), BackupRequest.STATS, arguments);
        unlessUsual(
                "--block-size=",
                options.transfer().blockSize(),
                TransferOptions.DEFAULT.blockSize(),
                arguments);
        add(options.transfer(), arguments);
        unlessUsual("--limit-rate=", request.limitRate(), 0L, arguments);
        return List.copyOf(arguments);
    }

    private static List<String> arguments(RestoreRequest request) {
        RestoreRequest.Options options = request.options();
        List<String> arguments = new ArrayList<>();
        arguments.add("restore");
        arguments.add("--server=" + request.server());
        request.sets().forEach(set -> arguments.add("--from=" + set.toAbsolutePath().normalize()));
        ifGiven("--as=", request.database(), arguments);
        flag(options.replace(), "--replace", arguments);
        flag(options.recovery() instanceof Recovery.NoRecovery, "--no-recovery", arguments);
        if (options.recovery() instanceof Recovery.Standby standby) {
            arguments.add("--standby=" + standby.undoFile());
        }
        StopAt stop = options.stopAt();
        ifGiven("--stop-at=", stop.time(), arguments);
        ifGiven("--stop-at-mark=", stop.atMark(), arguments);
        ifGiven("--stop-before-mark=", stop.beforeMark(), arguments);
        ifGiven("--after=", stop.after(), arguments);
        flag(options.partial(), "--partial", arguments);
        if (options.scope() instanceof Scope.Files some) {
            add(some, arguments);
        }
        options.moves()
                .forEach(move -> arguments.add("--move=" + move.logicalName() + "=" + move.path()));
        ifGiven("--data-folder=", options.dataFolder(), arguments);
        ifGiven("--log-folder=", options.logFolder(), arguments);
        flag(options.closeConnections(), "--close-connections", arguments);
        flag(options.checksum(), "--checksum", arguments);
        add(request.transfer(), arguments);
        unlessUsual("--limit-rate=", request.limitRate(), 0L, arguments);
        return List.copyOf(arguments);
    }

    private static void add(Scope scope, List<String> arguments) {
        switch (scope) {
            case Scope.WholeDatabase _ -> {}
            case Scope.Files some -> {
                some.files().forEach(name -> arguments.add("--file=" + name));
                some.filegroups().forEach(name -> arguments.add("--filegroup=" + name));
            }
            case Scope.ReadWriteFilegroups some -> {
                arguments.add("--partial");
                some.readOnly().forEach(name -> arguments.add("--filegroup=" + name));
            }
        }
    }

    private static void add(TransferOptions transfer, List<String> arguments) {
        TransferOptions usual = TransferOptions.DEFAULT;
        unlessUsual("--buffer-count=", transfer.bufferCount(), usual.bufferCount(), arguments);
        unlessUsual(
                "--max-transfer-size=",
                transfer.maxTransferSize(),
                usual.maxTransferSize(),
                arguments);
    }

    private static void ifGiven(String option, @Nullable Object value, List<String> arguments) {
        if (value != null) {
            arguments.add(option + value);
        }
    }

    private static void flag(boolean set, String option, List<String> arguments) {
        if (set) {
            arguments.add(option);
        }
    }

    private static <T> void unlessUsual(String option, T value, T usual, List<String> arguments) {
        if (!value.equals(usual)) {
            arguments.add(option + value);
        }
    }
}
