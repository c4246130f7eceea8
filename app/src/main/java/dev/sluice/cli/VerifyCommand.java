package dev.sluice.cli;

import dev.sluice.job.JobSnapshot;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;
import dev.sluice.job.VerifyRequest;
import dev.sluice.media.VerifyReport;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;

/** {@code sluice verify}. */
@Command(
        name = "verify",
        description = {
            "Reads every byte of a backup set again and compares it with the manifest; with"
                    + " --server, that server reads it, too (RESTORE VERIFYONLY).",
            "It changes nothing; the history keeps the verdict."
        },
        footer = {
            "Example:",
            "  sluice verify backups/embedded/SluiceSample/20260102-030405-full",
            "",
            "Exit codes: 0 the set is good, 1 it is not or could not be read, 2 wrong usage, 130"
                    + " stopped.",
            "",
            "JSON fields: set, good, damaged, cancelled, bytes, problems (stripe, offset, damage,",
            "  text); with --server: server (the fields of a job, see sluice restore).",
            "  damaged says that the set is not what was written, damage that a problem shows it;",
            "  others kept it from being read, which says nothing about the set."
        })
final class VerifyCommand extends SluiceSubcommand {

    @Parameters(
            paramLabel = "SETDIR",
            description = "Folder of the backup set: the one that holds manifest.json.")
    private Path directory = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "The server that is to read the set as well.")
    private @Nullable String server;

    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private JsonOption json = new JsonOption();

    VerifyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        if (server != null) {
            unlock(server, secret);
        }
        VerifyReport report =
                new Verification(context(), Triggers.COMMAND_LINE, json.wanted()).run(directory);
        if (!json.wanted()) {
            tell(report);
        }
        // a set that is not what was written need not be read by a server
        JobSnapshot end = server != null && report.isGood() ? byServer(server) : null;
        if (json.wanted()) {
            Json.print(node(report, end), out());
        }
        return end == null ? Verification.exitCode(report) : ExitCode.of(end);
    }

    private JobSnapshot byServer(String name) throws Exception {
        VerifyRequest request = new VerifyRequest(name, directory.toAbsolutePath().normalize(), 0);
        SluiceEngine engine = context().engineToWorkOn(name);
        return new JobRunner(context(), json.wanted())
                .follow(engine.verify(request, Triggers.COMMAND_LINE));
    }

    private ObjectNode node(VerifyReport report, @Nullable JobSnapshot end) {
        ObjectNode node =
                Json.object()
                        .put("set", directory.toString())
                        .put("good", report.isGood())
                        .put("damaged", report.isDamaged())
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
                                        .put("damage", problem.damage())
                                        .put("text", problem.text().english())));
        if (end != null) {
            node.set("server", Json.of(end));
        }
        return node;
    }

    private void tell(VerifyReport report) {
        if (report.isGood()) {
            out().printf("Good: %s of %s read and right.%n", Text.bytes(report.bytes()), directory);
            return;
        }
        PrintWriter err = context().terminal().err();
        err.println(judgement(report));
        report.problems().forEach(problem -> err.println("  " + problem.text()));
        err.flush();
    }

    private String judgement(VerifyReport report) {
        if (report.isDamaged()) {
            return "Not good: " + directory + " cannot be relied on.";
        }
        return report.cancelled()
                ? "Stopped: nothing can be said about " + directory + " as a whole."
                : "Not verified: " + directory + " could not be read as a set.";
    }
}
