package dev.sluice.cli;

import dev.sluice.job.Listing;
import dev.sluice.job.ServerDefinition;
import dev.sluice.sql.mssql.Login;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice server list}. */
@Command(
        name = "list",
        description = "Lists the added servers; files that cannot be used are reported as errors.",
        footer = {
            "Example:",
            "  sluice server list --json",
            "",
            "JSON fields: name, host, port, instance, encryption, trustedCertificate,",
            "  certificateHost, login, user, secret."
        })
final class ServerListCommand extends SluiceSubcommand {

    @Mixin private JsonOption json = new JsonOption();

    ServerListCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Listing<ServerDefinition> servers = context().backend().servers().list();
        if (json.wanted()) {
            Json.print(Json.array(servers.found(), Json::of), out());
        } else if (servers.found().isEmpty()) {
            out().println("No server has been added yet; see: sluice server add --help");
        } else {
            print(servers);
        }
        return tellProblems(servers);
    }

    private void print(Listing<ServerDefinition> servers) {
        TextTable table = new TextTable("NAME", "ADDRESS", "ENCRYPTION", "LOGIN", "SECRET");
        for (ServerDefinition server : servers.found()) {
            Login login = server.connection().login();
            table.add(
                    server.name(),
                    server.connection().address().english(),
                    server.connection().encryption().word(),
                    login.user() == null
                            ? login.kind().word()
                            : login.kind().word() + " " + login.user(),
                    login.needsSecret() ? server.secret().word() : "none");
        }
        table.print(out());
    }
}
