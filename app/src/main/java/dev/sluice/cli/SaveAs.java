package dev.sluice.cli;

import dev.sluice.job.JobRequest;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.job.Profile;
import dev.sluice.job.ProfileStore;
import dev.sluice.job.UnknownNameException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;

/** The option {@code --save-as}: keeps what was asked for as a profile. */
final class SaveAs {

    @Option(
            names = "--save-as",
            paramLabel = "PROFILE",
            description =
                    "Keep these options as a profile for \"sluice run\", unless the job fails.")
    private @Nullable String name;

    /** Refuses a name that cannot be used, before the job begins. */
    void check(JobRequest request, ProfileStore profiles)
            throws IOException, CommandFailedException {
        if (name == null) {
            return;
        }
        Profile wanted = new Profile(name, request);
        if (exists(wanted.name(), profiles)) {
            throw new CommandFailedException(
                    "there is a profile \"" + name + "\" already; nothing was done",
                    "Choose another name, or delete it first: sluice profile delete " + name);
        }
    }

    /** Keeps the profile when the job was worth it. */
    void keep(JobRequest request, ProfileStore profiles, JobSnapshot end, PrintWriter words)
            throws IOException {
        if (name == null || end.state() == JobState.FAILED) {
            return;
        }
        profiles.save(new Profile(name, request), false);
        words.printf("Saved as profile \"%s\"; run it with: sluice run %s%n", name, name);
    }

    private static boolean exists(String name, ProfileStore profiles) throws IOException {
        try {
            profiles.load(name);
            return true;
        } catch (UnknownNameException e) {
            return false;
        }
    }
}
