package dev.sluice.cli;

import dev.sluice.job.AddedServers;
import dev.sluice.job.ServerDefinition;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;

/** {@code sluice server test}. */
@Command(
        name = "test",
        description = "Connects to a server, logs in, and tells what it is.",
        footer = {
            "Example:",
            "  sluice server test prod",
            "  sluice server test prod --password-env PROD_PASSWORD",
            "",
            "JSON fields: name, machine, instance, version, edition, login, sysadmin,"
                    + " connectMillis,",
            "  elsewhere (why its devices cannot be reached from here; null when they can)."
        })
final class ServerTestCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "NAME", description = "Name of the server.")
    private String name = "";

    @Mixin private SecretOptions secret = new SecretOptions();
    @Mixin private JsonOption json = new JsonOption();

    ServerTestCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        AddedServers servers = context().servers(secret);
        ServerDefinition server = servers.load(name);
        servers.askNow(name);
        ObjectNode facts = facts(servers, server);
        json.print(facts, out());
        if (!facts.get("elsewhere").isNull()) {
            context().terminal().err().println("But " + facts.get("elsewhere").stringValue());
        }
        if (!facts.get("sysadmin").booleanValue()) {
            context()
                    .terminal()
                    .err()
                    .println(
                            "This login is no sysadmin: it cannot back up or restore over virtual"
                                    + " devices.");
        }
        return ExitCode.DONE;
    }

    private ObjectNode facts(AddedServers servers, ServerDefinition server)
            throws SqlServerException {
        Instant start = Instant.now();
        try (SqlSession session = servers.open(server).connect()) {
            Duration time = Duration.between(start, Instant.now());
            ServerFacts facts = session.facts();
            return Json.object()
                    .put("name", server.name())
                    .put("machine", facts.machine())
                    .put("instance", facts.instance())
                    .put("version", facts.version())
                    .put("edition", facts.edition())
                    .put("login", facts.login())
                    .put("sysadmin", facts.sysadmin())
                    .put("connectMillis", time.toMillis())
                    .put("elsewhere", AddedServers.elsewhere(name, facts).orElse(null));
        }
    }
}
