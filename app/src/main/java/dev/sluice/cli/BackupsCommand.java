package dev.sluice.cli;

import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.media.Remains;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice backups}. */
@Command(
        name = "backups",
        description = {
            "Lists backup sets, the newest first, and what unfinished runs left.",
            "Sets that cannot be used are reported as errors.",
            "Contents are not read; \"sluice verify\" does that."
        },
        footer = {
            "Example:",
            "  sluice backups",
            "  sluice backups /mnt/backups --json",
            "",
            "JSON fields: sets (set, id, server, database, type, scope, copyOnly, started,"
                    + " finished,",
            "  devices, storedBytes, rawBytes, base, trigger), remains (path, bytes, running),",
            "  problems (path, text)."
        })
final class BackupsCommand extends SluiceSubcommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description =
                    "Folders to look under; unless given, those that profiles and past runs back up"
                            + " to.")
    private List<Path> folders = new ArrayList<>();

    @Mixin private JsonOption json = new JsonOption();

    BackupsCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        BackupCatalog catalog = find(folders());
        if (json.wanted()) {
            Json.print(node(catalog), out());
        } else {
            tell(catalog);
        }
        return ExitCode.DONE;
    }

    private List<Path> folders() throws Exception {
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new CommandFailedException(
                        Files.exists(folder)
                                ? folder + " is a file, not a folder to look under"
                                : "there is no folder " + folder,
                        "");
            }
        }
        return folders.isEmpty() ? KnownDestinations.of(context().engine()) : folders;
    }

    /** What the folders hold; a set with a missing or cut stripe counts as a problem. */
    private static BackupCatalog find(List<Path> folders) throws IOException {
        return BackupCatalog.find(folders).withStripesChecked();
    }

    private static ObjectNode node(BackupCatalog catalog) {
        ObjectNode node = Json.object();
        node.set("sets", Json.array(catalog.sets(), BackupsCommand::node));
        node.set("remains", Json.array(catalog.remains(), BackupsCommand::node));
        node.set(
                "problems",
                Json.array(
                        catalog.problems(),
                        problem ->
                                Json.object()
                                        .put("path", String.valueOf(problem.path()))
                                        .put("text", problem.getMessage())));
        return node;
    }

    private static ObjectNode node(BackupSet set) {
        Manifest manifest = set.manifest();
        return Json.object()
                .put("set", set.directory().toString())
                .put("id", manifest.id())
                .put("server", manifest.server())
                .put("database", manifest.database())
                .put("type", manifest.type().word())
                .put("scope", manifest.scope())
                .put("copyOnly", manifest.copyOnly())
                .put("started", manifest.started().toString())
                .put("finished", manifest.finished().toString())
                .put("devices", manifest.stripes().size())
                .put("storedBytes", manifest.storedSize())
                .put("rawBytes", manifest.rawSize())
                .put("base", manifest.base())
                .put("trigger", manifest.trigger());
    }

    private static ObjectNode node(Remains remains) {
        return Json.object()
                .put("path", remains.directory().toString())
                .put("bytes", remains.bytes())
                .put("running", remains.running());
    }

    private void tell(BackupCatalog catalog) {
        if (catalog.sets().isEmpty()) {
            out().println("No backup set was found.");
        } else {
            table(catalog.sets()).print(out());
        }
        catalog.remains().forEach(this::tell);
        PrintWriter err = context().terminal().err();
        catalog.problems().forEach(problem -> err.println("Not usable: " + problem.getMessage()));
        err.flush();
        out().flush();
    }

    private static TextTable table(List<BackupSet> sets) {
        TextTable table = new TextTable("STARTED", "DATABASE", "TYPE", " SIZE", " DEVICES", "SET");
        for (BackupSet set : sets) {
            Manifest manifest = set.manifest();
            table.add(
                    Text.moment(manifest.started()),
                    manifest.database(),
                    manifest.type().word(manifest.scope()),
                    Text.bytes(manifest.storedSize()),
                    String.valueOf(manifest.stripes().size()),
                    set.directory().toString());
        }
        return table;
    }

    private void tell(Remains remains) {
        String advice =
                remains.ofLog()
                        ? "it may be the only copy of that part of the log"
                        : "the folder can be deleted";
        out().printf(
                        remains.running()
                                ? "Being written now: %s, %s so far%n"
                                : "Remains of a run that never finished, no backup: %s, %s; "
                                        + advice
                                        + "%n",
                        remains.directory(),
                        Text.bytes(remains.bytes()));
    }
}
