package dev.sluice.cli;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobKind;
import dev.sluice.job.Profile;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The folders that profiles and past runs back up to. */
final class KnownDestinations {

    private KnownDestinations() {}

    /** Those that are there; none lies inside another. */
    static List<Path> of(SluiceEngine engine) throws IOException {
        // sorted, a folder comes directly before what it holds
        TreeSet<Path> all = new TreeSet<>();
        for (Profile profile : engine.profiles().list().profiles()) {
            if (profile.request() instanceof BackupRequest backup) {
                all.add(backup.destination());
            }
        }
        for (RunRecord run : engine.history().list()) {
            addDestination(run, all);
        }
        List<Path> outermost = new ArrayList<>();
        for (Path folder : all) {
            if (Files.isDirectory(folder)
                    && (outermost.isEmpty() || !folder.startsWith(outermost.getLast()))) {
                outermost.add(folder);
            }
        }
        return outermost;
    }

    /** A set lies in destination, server, database. */
    private static void addDestination(RunRecord run, Set<Path> all) {
        Path set = run.set();
        if (run.kind() == JobKind.BACKUP && set != null && set.getNameCount() > 3) {
            all.add(set.resolve("../../..").normalize());
        }
    }
}
