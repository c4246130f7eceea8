package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The option {@code --vdi}, which every command has. */
final class VdiOption {

    @Option(
            names = "--vdi",
            paramLabel = "WAY",
            defaultValue = "auto",
            scope = ScopeType.INHERIT,
            converter = Converter.class,
            description =
                    "How the embedded server reaches its device sets: embedded, native (through"
                            + " SQL Server's own sqlvdi.dll, on Windows), or auto, which is"
                            + " embedded.")
    private VdiChoice choice = VdiChoice.AUTO;

    VdiChoice choice() {
        return choice;
    }

    /** The choice, where it is all that is given; empty for anything else, also for a wrong one. */
    static Optional<VdiChoice> alone(List<String> arguments) {
        VdiOption option = new VdiOption();
        try {
            new CommandLine(option).parseArgs(arguments.toArray(String[]::new));
            return Optional.of(option.choice());
        } catch (ParameterException somethingElse) {
            return Optional.empty();
        }
    }

    private static final class Converter implements ITypeConverter<VdiChoice> {

        @Override
        public VdiChoice convert(String word) {
            return Stream.of(VdiChoice.values())
                    .filter(choice -> choice.word().equals(word))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            ("\"%s\" is no way to a device set: say auto,"
                                                            + " embedded or native")
                                                    .formatted(word)));
        }
    }
}
