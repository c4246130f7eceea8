package dev.sluice.doctor;

import dev.sluice.job.Folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folders Sluice keeps its own files in. */
final class OwnFolders {

    private final Machine machine;
    private final Folders folders;

    OwnFolders(Machine machine, Folders folders) {
        this.machine = machine;
        this.folders = folders;
    }

    List<Check> checks() {
        return List.of(
                check(new Check.Subject("folder.config", "Folder of profiles"), folders.config()),
                check(
                        new Check.Subject("folder.data", "Folder of embedded databases"),
                        folders.data()),
                check(
                        new Check.Subject("folder.state", "Folder of history and log"),
                        folders.state()));
    }

    private Check check(Check.Subject subject, Path folder) {
        Path existing = FolderProbe.existing(folder);
        try {
            FolderProbe.tryOut(existing);
            return subject.ok(
                    existing.equals(folder)
                            ? folder + " can be written to."
                            : folder + " is not there yet and can be made.");
        } catch (IOException e) {
            return subject.failed(
                    "%s cannot be used: %s.".formatted(folder, FolderProbe.reason(e)),
                    FolderProbe.fixes(existing, e, machine.platform()));
        }
    }
}
