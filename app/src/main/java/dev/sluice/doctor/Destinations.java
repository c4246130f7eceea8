package dev.sluice.doctor;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folders backups go to: whether they take files, and have room for one more backup. */
final class Destinations {

    private final Machine machine;
    private final List<RunRecord> runs;

    /**
     * @param runs the history, newest first
     */
    Destinations(Machine machine, List<RunRecord> runs) {
        this.machine = machine;
        this.runs = runs;
    }

    Check check(Path folder) {
        Check.Subject subject = new Check.Subject("destination:" + folder, "Destination " + folder);
        Path existing = FolderProbe.existing(folder);
        try {
            FolderProbe.tryOut(existing);
            return withRoom(subject, folder, existing);
        } catch (IOException e) {
            return subject.failed(
                    "No backup can be written: %s.".formatted(FolderProbe.reason(e)),
                    FolderProbe.fixes(existing, e, machine.platform()));
        }
    }

    private Check withRoom(Check.Subject subject, Path folder, Path existing) throws IOException {
        long free = Files.getFileStore(existing).getUsableSpace();
        Optional<RunRecord> last = lastBackup(folder);
        String room =
                Sizes.of(free)
                        + " free"
                        + last.map(run -> ", the last backup took " + Sizes.of(run.bytes()))
                                .orElse("");
        String quoted = CommandLines.quoted(folder, machine.platform());
        if (last.isPresent() && free < last.get().bytes()) {
            return subject.warning(
                    room + ": another one may not fit.", List.of("sluice backups " + quoted));
        }
        if (!existing.equals(folder)) {
            return subject.warning(
                    "It is not there, and the next backup will make it; is something not mounted? "
                            + room
                            + ".",
                    List.of(makeFolder(quoted)));
        }
        return subject.ok("Can be written to; %s.".formatted(room));
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

    private static boolean isIn(Path folder, @Nullable Path set) {
        return set != null && BackupSet.destinationOf(set).filter(folder::equals).isPresent();
    }
}
