package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice server show}. */
@Command(
        name = "show",
        description = "Shows everything about a server but its secret.",
        footer = {
            "Example:",
            "  sluice server show prod",
            "",
            "JSON fields: name, host, port, instance, encryption, trustedCertificate,",
            "  certificateHost, login, user, secret."
        })
final class ServerShowCommand extends SluiceSubcommand {

    @Parameters(paramLabel = "NAME", description = "Name of the server.")
    private String name = "";

    @Mixin private JsonOption json = new JsonOption();

    ServerShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        json.print(Json.of(context().backend().servers().load(name)), out());
        return ExitCode.DONE;
    }
}
