package dev.sluice.doctor;

import dev.sluice.job.Folders;
import dev.sluice.words.Told;

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
                check(
                        new Check.Subject("folder.config", Told.of("check.folder.profiles")),
                        folders.config()),
                check(
                        new Check.Subject("folder.data", Told.of("check.folder.databases")),
                        folders.data()),
                check(
                        new Check.Subject("folder.state", Told.of("check.folder.history")),
                        folders.state()));
    }

    private Check check(Check.Subject subject, Path folder) {
        Path existing = FolderProbe.existing(folder);
        try {
            FolderProbe.tryOut(existing);
            return subject.ok(
                    existing.equals(folder)
                            ? Told.of("found.folder", folder)
                            : Told.of("found.folder.toBeMade", folder));
        } catch (IOException e) {
            return subject.failed(
                    Told.of("found.folder.unusable", folder, FolderProbe.reason(e)),
                    FolderProbe.fixes(existing, e, machine.platform()));
        }
    }
}
