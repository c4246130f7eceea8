package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobKind;
import dev.sluice.job.Profile;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.media.BackupSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The folders that profiles and past runs back up to. */
final class KnownDestinations {

    private KnownDestinations() {}

    /** Those that are there; one may lie inside another. */
    static List<Path> of(SluiceEngine engine) throws IOException {
        TreeSet<Path> all = new TreeSet<>();
        for (Profile profile : engine.profiles().list().found()) {
            if (profile.request() instanceof BackupRequest backup) {
                all.add(backup.destination());
            }
        }
        for (RunRecord run : engine.history().list()) {
            addDestination(run, all);
        }
        return all.stream().filter(Files::isDirectory).toList();
    }

    private static void addDestination(RunRecord run, Set<Path> all) {
        Path set = run.set();
        if (run.kind() == JobKind.BACKUP && set != null) {
            BackupSet.destinationOf(set).ifPresent(all::add);
        }
    }
}
