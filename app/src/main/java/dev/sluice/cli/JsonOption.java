package dev.sluice.cli;

import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {

    @Option(
            names = "--json",
            description =
                    "Print JSON, and nothing else, on standard output. Sizes are bytes, spans"
                            + " milliseconds.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
