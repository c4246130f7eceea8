package dev.sluice.cli;

import dev.sluice.sql.Scope;

import picocli.CommandLine.Option;

import java.util.List;

/** Options about parts of a database, for backup and restore alike. */
final class ScopeOptions {

    @Option(
            names = "--file",
            paramLabel = "NAME",
            description = "Only this file of the database, by its logical name; repeatable.")
    private List<String> files = List.of();

    @Option(
            names = "--filegroup",
            paramLabel = "NAME",
            description =
                    "Only this filegroup; repeatable. With --partial: a read-only one to include.")
    private List<String> filegroups = List.of();

    @Option(
            names = "--partial",
            description =
                    "Only what can be written (READ_WRITE_FILEGROUPS): a partial backup, or the"
                            + " restore of one.")
    private boolean partial;

    boolean partial() {
        return partial;
    }

    Scope scope() {
        if (partial && !files.isEmpty()) {
            throw new IllegalArgumentException("--partial and --file: give one of them");
        }
        if (partial) {
            return new Scope.ReadWriteFilegroups(filegroups);
        }
        return files.isEmpty() && filegroups.isEmpty()
                ? new Scope.WholeDatabase()
                : new Scope.Files(files, filegroups);
    }
}
