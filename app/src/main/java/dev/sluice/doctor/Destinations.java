package dev.sluice.doctor;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders backups go to: whether they take files, and have room for one more backup. */
final class Destinations {

    private final Machine machine;
    private final List<RunRecord> runs;

    /** Folders with their links followed: many runs share few. */
    private final Map<Path, Path> real = new HashMap<>();

    /**
     * @param runs the history, newest first
     */
    Destinations(Machine machine, List<RunRecord> runs) {
        this.machine = machine;
        this.runs = runs;
    }

    Check check(Path folder) {
        Check.Subject subject =
                new Check.Subject("destination:" + folder, Told.of("check.destination", folder));
        Path existing = FolderProbe.existing(folder);
        try {
            FolderProbe.tryOut(existing);
            return withRoom(subject, folder, existing);
        } catch (IOException e) {
            return subject.failed(
                    Told.of("found.destination.unusable", FolderProbe.reason(e)),
                    FolderProbe.fixes(existing, e, machine.platform()));
        }
    }

    private Check withRoom(Check.Subject subject, Path folder, Path existing) throws IOException {
        long free = Files.getFileStore(existing).getUsableSpace();
        Optional<RunRecord> last = lastBackup(folder);
        Told room =
                last.map(
                                run ->
                                        Told.of(
                                                "room.freeAndLast",
                                                new Told.Rounded(free),
                                                new Told.Rounded(run.bytes())))
                        .orElse(Told.of("room.free", new Told.Rounded(free)));
        String quoted = CommandLines.quoted(folder, machine.platform());
        if (last.isPresent() && free < last.get().bytes()) {
            return subject.warning(
                    Told.of("found.destination.small", room),
                    Check.commands("sluice backups " + quoted));
        }
        if (!existing.equals(folder)) {
            return subject.warning(
                    Told.of("found.destination.notThere", room),
                    Check.commands(makeFolder(quoted)));
        }
        return subject.ok(Told.of("found.destination", room));
    }

    private String makeFolder(String quoted) {
        return (machine.platform() == Machine.Platform.WINDOWS ? "mkdir " : "mkdir -p ") + quoted;
    }

    private Optional<RunRecord> lastBackup(Path folder) {
        return runs.stream()
                .filter(run -> run.kind() == JobKind.BACKUP)
                .filter(run -> run.outcome() == RunRecord.Outcome.COMPLETED)
                .filter(run -> isIn(folder, run.set()))
                .findFirst();
    }

    private boolean isIn(Path folder, @Nullable Path set) {
        return set != null
                && BackupSet.destinationOf(set)
                        .filter(destination -> real(destination).equals(real(folder)))
                        .isPresent();
    }

    private Path real(Path folder) {
        return real.computeIfAbsent(folder, RunHistory::canonical);
    }
}
