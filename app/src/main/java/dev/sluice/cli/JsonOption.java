package dev.sluice.cli;

import picocli.CommandLine.Option;

import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;

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

    /** Prints an object's fields: as JSON where wanted, otherwise in a line each. */
    void print(ObjectNode node, PrintWriter out) {
        if (wanted) {
            Json.print(node, out);
        } else {
            node.properties()
                    .forEach(
                            field ->
                                    out.printf(
                                            "%-20s%s%n",
                                            field.getKey(), field.getValue().asString()));
        }
    }
}
