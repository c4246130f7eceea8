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
                    "Only this filegroup; repeatable. With --partial: a backup takes this read-only"
                            + " one, too, and a restore begins with it and the primary one.")
    private List<String> filegroups = List.of();

    @Option(
            names = "--partial",
            description =
                    "A partial backup: only what can be written (READ_WRITE_FILEGROUPS). A restore"
                            + " piece by piece (PARTIAL) begins with that, or with what --filegroup"
                            + " and --file name.")
    private boolean partial;

    boolean partial() {
        return partial;
    }

    /** Of a restore. */
    Scope restored() {
        boolean named = !files.isEmpty() || !filegroups.isEmpty();
        if (named) {
            return new Scope.Files(files, filegroups);
        }
        return partial ? new Scope.ReadWriteFilegroups(List.of()) : new Scope.WholeDatabase();
    }

    /** Of a backup. */
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
