package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Listing;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice profile list}. */
@Command(
        name = "list",
        description = "Lists the profiles; files that cannot be used are reported as errors.",
        footer = {"Example:", "  sluice profile list --json", "", Json.PROFILE_FIELDS})
final class ProfileListCommand extends SluiceSubcommand {

    @Mixin private JsonOption json = new JsonOption();

    ProfileListCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Listing<Profile> listing = context().engine().profiles().list();
        if (json.wanted()) {
            Json.print(Json.array(listing.found(), Json::of), out());
        } else if (listing.found().isEmpty()) {
            out().println("There is no profile yet; see: sluice profile create --help");
        } else {
            print(listing);
        }
        return tellProblems(listing);
    }

    private void print(Listing<Profile> listing) {
        TextTable table = new TextTable("NAME", "KIND", "SERVER", "WHAT");
        for (Profile profile : listing.found()) {
            table.add(
                    profile.name(),
                    Words.of(profile.request().kind()),
                    profile.request().server(),
                    what(profile));
        }
        table.print(out());
    }

    private static String what(Profile profile) {
        return switch (profile.request()) {
            case BackupRequest backup ->
                    "%s of %s on %s to %s"
                            .formatted(
                                    backup.type().word(),
                                    backup.databasesInWords(),
                                    Text.count(backup.devices(), "device"),
                                    backup.destination());
            case RestoreRequest restore ->
                    restore.lastSet()
                            + (restore.database() == null ? "" : " as " + restore.database());
        };
    }
}
