package dev.sluice.cli;

import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlSession;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/** {@code sluice databases}. */
@Command(
        name = "databases",
        description = {
            "Lists the databases of a server, and when each was last backed up with Sluice.",
            "The embedded server has a sample, SluiceSample, from its first use on."
        },
        footer = {
            "Example:",
            "  sluice databases --json",
            "",
            "JSON fields: name, state, recoveryModel, sizeBytes, lastBackup."
        })
final class DatabasesCommand extends SluiceSubcommand {

    @Mixin private ServerOption server = new ServerOption();
    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private JsonOption json = new JsonOption();

    DatabasesCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        List<DatabaseInfo> databases = databases();
        Map<String, RunRecord> backups = context().engine().history().lastBackups(server.name());
        if (json.wanted()) {
            Json.print(Json.array(databases, database -> node(database, backups)), out());
        } else {
            print(databases, backups);
        }
        return ExitCode.DONE;
    }

    private List<DatabaseInfo> databases() throws Exception {
        unlock(server.name(), secret);
        SluiceEngine engine = context().engineToWorkOn(server.name());
        try (SqlSession session = engine.server(server.name()).connect()) {
            return session.databases();
        }
    }

    private static ObjectNode node(DatabaseInfo database, Map<String, RunRecord> backups) {
        RunRecord last = backups.get(database.name());
        return Json.object()
                .put("name", database.name())
                .put("state", Json.word(database.state()))
                .put("recoveryModel", database.recoveryModel())
                .put("sizeBytes", database.sizeBytes())
                .put("lastBackup", last == null ? null : last.started().toString());
    }

    private void print(List<DatabaseInfo> databases, Map<String, RunRecord> backups) {
        TextTable table = new TextTable("NAME", "STATE", "RECOVERY", " SIZE", "LAST BACKUP");
        for (DatabaseInfo database : databases) {
            RunRecord last = backups.get(database.name());
            table.add(
                    database.name(),
                    Json.word(database.state()),
                    database.recoveryModel(),
                    Text.bytes(database.sizeBytes()),
                    last == null ? "never" : Text.moment(last.started()));
        }
        table.print(out());
    }
}
