package dev.sluice.ui.history;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Remains;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs left whose process ended before they did.
 *
 * @param interrupted runs that were the last of their kind and database, newest first: what was
 *     done again since then is no news
 * @param remains folders that such a run was writing to, below the destinations in the history
 * @param logs those of log backups, which may be the only copy of a part of a log
 */
public record Leftovers(List<RunRecord> interrupted, List<Path> remains, List<Path> logs) {

    /** What one run and its successor have in common. */
    private record Subject(JobKind kind, String server, String database) {}

    /** Looks for them. Waits for disks. */
    public static Leftovers find(RunHistory history) throws IOException {
        List<RunRecord> runs = history.list();
        List<Remains> left = remains(runs);
        return new Leftovers(interrupted(runs), folders(left, false), folders(left, true));
    }

    private static List<RunRecord> interrupted(List<RunRecord> newestFirst) {
        Set<Subject> done = new HashSet<>();
        List<RunRecord> interrupted = new ArrayList<>();
        for (RunRecord run : newestFirst) {
            boolean last = done.add(new Subject(run.kind(), run.server(), run.database()));
            // a verification leaves nothing behind
            boolean left = run.kind() != JobKind.VERIFICATION;
            if (last && left && run.outcome() == Outcome.INTERRUPTED) {
                interrupted.add(run);
            }
        }
        return List.copyOf(interrupted);
    }

    private static List<Path> folders(List<Remains> left, boolean ofLog) {
        return left.stream()
                .filter(remains -> remains.ofLog() == ofLog)
                .map(Remains::directory)
                .toList();
    }

    private static List<Remains> remains(List<RunRecord> runs) throws IOException {
        Set<Path> destinations =
                runs.stream()
                        .filter(run -> run.kind() == JobKind.BACKUP)
                        .map(RunRecord::set)
                        .filter(Objects::nonNull)
                        .map(BackupSet::destinationOf)
                        .flatMap(Optional::stream)
                        .filter(Files::isDirectory)
                        .collect(Collectors.toSet());
        return BackupCatalog.find(destinations).remains().stream()
                .filter(remains -> !remains.running())
                .toList();
    }
}
