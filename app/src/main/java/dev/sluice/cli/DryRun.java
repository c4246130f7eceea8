package dev.sluice.cli;

import picocli.CommandLine.Option;

/** The option {@code --dry-run}. */
final class DryRun {

    @Option(
            names = "--dry-run",
            description =
                    "Change nothing: check everything, and print the statements that would be run.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }
}
