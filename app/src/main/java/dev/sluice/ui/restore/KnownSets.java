package dev.sluice.ui.restore;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.Verdicts;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds backup sets: those of the history, those under a folder, those picked by hand. */
public final class KnownSets {

    /** Where somebody has backup sets. */
    public sealed interface Place {

        /** Wherever the backups of the history went. */
        record History() implements Place {}

        /** Under a folder. */
        record Folder(Path folder) implements Place {}

        /** Just these: folders of sets, or files in them. */
        record Picked(List<Path> paths) implements Place {

            /** Takes a copy. */
            public Picked {
                paths = List.copyOf(paths);
            }
        }
    }

    /**
     * What was found.
     *
     * @param sets whose manifest is intact and whose stripes are there
     * @param verdicts those on all sets
     * @param problems what cannot be used, and why
     * @param lost sets of the history that are no longer where they were
     */
    public record Found(List<BackupSet> sets, Verdicts verdicts, List<Told> problems, int lost) {

        /** Nothing. */
        static final Found NOTHING = new Found(List.of(), Verdicts.NONE, List.of(), 0);

        /** Takes copies. */
        public Found {
            sets = List.copyOf(sets);
            problems = List.copyOf(problems);
        }

        /** Whether a set did not pass its last verification. */
        boolean isDoubted(BackupSet set) {
            return verdicts.isDamaged(set.directory());
        }
    }

    private final RunHistory history;

    /** Finds sets with the help of the history. */
    public KnownSets(RunHistory history) {
        this.history = history;
    }

    /**
     * Looks. Waits for the disk.
     *
     * @throws IOException when the history or a folder cannot be read
     */
    public Found find(Place place) throws IOException {
        List<RunRecord> runs = history.list();
        return switch (place) {
            case Place.History() -> ofHistory(runs);
            case Place.Folder(Path folder) -> found(BackupCatalog.find(folder), runs, List.of(), 0);
            case Place.Picked(List<Path> paths) -> picked(paths, runs);
        };
    }

    private static Found ofHistory(List<RunRecord> runs) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        int lost = 0;
        for (RunRecord run : runs) {
            Path set = run.set();
            boolean made = run.kind() == JobKind.BACKUP && run.outcome() == Outcome.COMPLETED;
            if (made && set != null && !folders.contains(set)) {
                if (Files.isDirectory(set)) {
                    folders.add(set);
                } else {
                    lost++;
                }
            }
        }
        return found(BackupCatalog.find(folders), runs, List.of(), lost);
    }

    private static Found picked(List<Path> paths, List<RunRecord> runs) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        List<Told> problems = new ArrayList<>();
        for (Path path : paths) {
            Path folder = folderOf(path);
            BackupCatalog catalog = BackupCatalog.find(folder);
            if (catalog.sets().isEmpty() && catalog.problems().isEmpty()) {
                problems.add(Told.of("set.notPicked", path));
            }
            folders.add(folder);
        }
        return found(BackupCatalog.find(folders), runs, problems, 0);
    }

    private static Path folderOf(Path picked) {
        Path absolute = picked.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null || Files.isDirectory(absolute) ? absolute : parent;
    }

    private static Found found(
            BackupCatalog catalog, List<RunRecord> runs, List<Told> without, int lost) {
        BackupCatalog checked = catalog.withStripesChecked();
        List<Told> problems = new ArrayList<>(without);
        checked.problems().forEach(problem -> problems.add(problem.told()));
        List<Path> folders = checked.sets().stream().map(BackupSet::directory).toList();
        return new Found(checked.sets(), Verdicts.onFound(runs, folders), problems, lost);
    }
}
