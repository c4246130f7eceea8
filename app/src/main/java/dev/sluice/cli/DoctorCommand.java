package dev.sluice.cli;

import dev.sluice.doctor.Check;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice doctor}. */
@Command(
        name = "doctor",
        description = {
            "Examines what backups need: SQL Server's library and what it asks of this machine,",
            "the folders backups go to, Sluice's own folders, and the embedded device set, with",
            "which it performs a small transfer. Says what to do about each problem.",
            "It changes nothing; the files it makes to try folders out are removed at once."
        },
        footer = {
            "Example:",
            "  sluice doctor --to /mnt/backups",
            "",
            "Exit codes: 0 nothing failed (warnings may be there), 1 a check failed, 2 wrong"
                    + " usage.",
            "",
            "JSON fields: healthy, checks (id, title, state, found, fixes); the state is one of"
                    + " ok,",
            "  warning, failed, not_applicable, and fixes are commands or short instructions."
        })
final class DoctorCommand extends SluiceSubcommand {

    private static final String INDENT = " ".repeat(11);

    @Option(
            names = "--to",
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "Folders to look at, besides those that profiles back up to; may be given"
                            + " several times.")
    private List<Path> destinations = new ArrayList<>();

    @Mixin private JsonOption json = new JsonOption();

    DoctorCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        List<Check> checks = context().backend().doctor().examine(destinations);
        if (json.wanted()) {
            Json.print(node(checks), out());
        } else {
            checks.forEach(this::tell);
            sum(checks);
        }
        return isHealthy(checks) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isHealthy(List<Check> checks) {
        return count(checks, Check.State.FAILED) == 0;
    }

    private static long count(List<Check> checks, Check.State state) {
        return checks.stream().filter(check -> check.state() == state).count();
    }

    private static ObjectNode node(List<Check> checks) {
        ObjectNode node = Json.object().put("healthy", isHealthy(checks));
        node.set("checks", Json.array(checks, DoctorCommand::node));
        return node;
    }

    private static ObjectNode node(Check check) {
        ObjectNode node =
                Json.object()
                        .put("id", check.id())
                        .put("title", check.title())
                        .put("state", Json.word(check.state()))
                        .put("found", check.found());
        ArrayNode fixes = node.putArray("fixes");
        check.fixes().forEach(fixes::add);
        return node;
    }

    private void tell(Check check) {
        Terminal terminal = context().terminal();
        PrintWriter out = out();
        String mark =
                "%c %-8s"
                        .formatted(
                                Glyphs.of(terminal.charset()).of(check.state()),
                                Words.of(check.state()));
        out.printf(
                "%s %s: %s%n",
                terminal.live() ? look(check.state()).paint(mark) : mark,
                check.title(),
                check.found());
        if (!check.fixes().isEmpty()) {
            out.println(INDENT + "To do:");
            // nothing on the line but the command, so that it can be copied
            check.fixes().forEach(fix -> out.println(INDENT + "  " + fix));
        }
    }

    private static ScreenLine.Look look(Check.State state) {
        return switch (state) {
            case OK -> ScreenLine.Look.GOOD;
            case WARNING -> ScreenLine.Look.ATTENTION;
            case FAILED -> ScreenLine.Look.BAD;
            case NOT_APPLICABLE -> ScreenLine.Look.FAINT;
        };
    }

    private void sum(List<Check> checks) {
        out().printf(
                        "%n%s: %d failed, %s, %d ok, %d not applicable.%n",
                        Text.count(checks.size(), "check"),
                        count(checks, Check.State.FAILED),
                        Text.count(count(checks, Check.State.WARNING), "warning"),
                        count(checks, Check.State.OK),
                        count(checks, Check.State.NOT_APPLICABLE));
        out().flush();
    }
}
