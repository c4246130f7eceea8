package dev.sluice.sql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Which part of a database a BACKUP or RESTORE statement is about. */
public sealed interface Scope {

    /** The word for a part, in manifests and in the history; null for the whole database. */
    default @Nullable String word() {
        return switch (this) {
            case WholeDatabase _ -> null;
            case Files _ -> "files";
            case ReadWriteFilegroups _ -> "partial";
        };
    }

    /** All of it. */
    record WholeDatabase() implements Scope {}

    /**
     * Some of its files and filegroups.
     *
     * @param files logical names, each 1 to 128 characters
     * @param filegroups names, each 1 to 128 characters; at least one name in both lists together
     */
    record Files(List<String> files, List<String> filegroups) implements Scope {

        /** Refuses what no server accepts. */
        public Files {
            files = StatementRules.checkNames("FILE", files);
            filegroups = StatementRules.checkNames("FILEGROUP", filegroups);
            if (files.isEmpty() && filegroups.isEmpty()) {
                throw new RefusedValueException(Told.of("rule.nothing"));
            }
        }
    }

    /**
     * The primary filegroup and all others that can be written: a partial backup.
     *
     * @param readOnly names of read-only filegroups to include, each 1 to 128 characters
     */
    record ReadWriteFilegroups(List<String> readOnly) implements Scope {

        /** Refuses what no server accepts. */
        public ReadWriteFilegroups {
            readOnly = StatementRules.checkNames("FILEGROUP", readOnly);
        }
    }
}
