package dev.sluice.cli;

import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** Prints an object's fields: as JSON where wanted, otherwise in a line each that has one. */
    void print(ObjectNode node, PrintWriter out) {
        if (wanted) {
            Json.print(node, out);
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String text = text(field.getValue());
            if (!text.isEmpty()) {
                out.printf("%-20s%s%n", field.getKey(), text);
            }
        }
    }

    /** For people: lists as in a sentence, and a move as it is typed. */
    private static String text(JsonNode value) {
        if (value.isContainer()) {
            return value.valueStream()
                    .map(JsonOption::text)
                    .collect(Collectors.joining(value.isArray() ? ", " : "="));
        }
        return value.asString();
    }
}
