package dev.sluice.cli;

import dev.sluice.media.VerifyReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;

/** {@code sluice verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every byte of a backup set again and compares it with the manifest.",
            "It needs no server and changes nothing."
        },
        footer = {
            "Example:",
            "  sluice verify backups/embedded/SluiceSample/20260102-030405-full",
            "",
            "Exit codes: 0 the set is good, 1 it is not, 2 wrong usage, 130 stopped.",
            "",
            "JSON fields: set, good, cancelled, bytes, problems (stripe, offset, text)."
        })
final class VerifyCommand extends SluiceSubcommand {

    @Parameters(
            paramLabel = "SETDIR",
            description = "Folder of the backup set: the one that holds manifest.json.")
    private Path directory = Path.of("");

    @Mixin private JsonOption json = new JsonOption();

    VerifyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        VerifyReport report = new Verification(context(), json.wanted()).run(directory);
        if (json.wanted()) {
            Json.print(node(report), out());
        } else {
            tell(report);
        }
        return Verification.exitCode(report);
    }

    private ObjectNode node(VerifyReport report) {
        ObjectNode node =
                Json.object()
                        .put("set", directory.toString())
                        .put("good", report.isGood())
                        .put("cancelled", report.cancelled())
                        .put("bytes", report.bytes());
        node.set(
                "problems",
                Json.array(
                        report.problems(),
                        problem ->
                                Json.object()
                                        .put("stripe", problem.stripe())
                                        .put("offset", problem.offset())
                                        .put("text", problem.text())));
        return node;
    }

    private void tell(VerifyReport report) {
        if (report.isGood()) {
            out().printf("Good: %s of %s read and right.%n", Text.bytes(report.bytes()), directory);
            return;
        }
        PrintWriter err = context().terminal().err();
        err.println(
                report.cancelled()
                        ? "Stopped: nothing can be said about " + directory + " as a whole."
                        : "Not good: " + directory + " cannot be relied on.");
        report.problems().forEach(problem -> err.println("  " + problem.text()));
        err.flush();
    }
}
