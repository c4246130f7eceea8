package dev.sluice.cli;

import dev.sluice.job.SecretPolicy;
import dev.sluice.job.ServerDefinition;
import dev.sluice.secret.SecretSource;
import dev.sluice.secret.SecretStore;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say where a server's secret comes from. There is none for the secret itself:
 * other users see the arguments of a process.
 */
final class SecretOptions {

    @ArgGroup(exclusive = true)
    private @Nullable Given given;

    /** One of them. */
    static final class Given {

        @Option(
                names = "--password-stdin",
                description =
                        "Read the server's password, client secret or token from the first line of"
                                + " standard input.")
        private boolean standardInput;

        @Option(
                names = "--password-env",
                paramLabel = "VARIABLE",
                description = "Take it from this environment variable.")
        private String variable = "";
    }

    /** What everybody will try; refused without repeating it as an unknown argument would be. */
    @SuppressWarnings("UnusedVariable") // never set
    @Option(
            names = "--password",
            arity = "0..1",
            fallbackValue = "",
            hidden = true,
            converter = Refusal.class)
    private @Nullable String refused;

    private static final class Refusal implements ITypeConverter<String> {

        @Override
        public String convert(String secret) {
            throw new TypeConversionException(
                    "a secret among the arguments is seen by everybody on this machine; use"
                            + " --password-stdin or --password-env VARIABLE, or be asked");
        }
    }

    /** Whether one of them was given. */
    boolean areGiven() {
        return given != null;
    }

    /**
     * Refuses an option whose secret would be read and thrown away.
     *
     * @return the server
     */
    ServerDefinition checkUse(ServerDefinition server) {
        if (given != null && server.secret() == SecretPolicy.ASK) {
            throw new IllegalArgumentException(
                    "the secret of server \"%s\" is asked for each time, not kept; add --secret store to keep it"
                            .formatted(server.name()));
        }
        return server;
    }

    /** What they say; without them the store is asked, and then the person at the terminal. */
    SecretSource source(SecretInputs inputs, SecretStore store) {
        if (given == null) {
            return SecretSource.of(store).or(inputs.prompt());
        }
        return given.standardInput ? inputs.line() : inputs.variable(given.variable);
    }
}
