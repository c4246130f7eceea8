package dev.sluice.job;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.words.Told;

import java.util.Optional;

/** Which types of backup a database can be asked for, by what the server lists of it. */
public final class TypeRule {

    private static final String MASTER = "master";

    private TypeRule() {}

    /** Why the server would take no backup of this type; empty when nothing speaks against it. */
    public static Optional<Told> refusal(BackupType type, DatabaseInfo database) {
        if (type != BackupType.FULL && database.name().equalsIgnoreCase(MASTER)) {
            return Optional.of(Told.of("refused.masterFullOnly"));
        }
        return switch (type) {
            case FULL -> Optional.empty();
            case DIFFERENTIAL ->
                    database.hasDifferentialBase()
                            ? Optional.empty()
                            : Optional.of(Told.of("refused.noBase", database.name()));
            case LOG -> ofLog(database);
        };
    }

    private static Optional<Told> ofLog(DatabaseInfo database) {
        if (database.recoveryModel().equals("SIMPLE")) {
            return Optional.of(Told.of("refused.simpleModel", database.name()));
        }
        // of a database that does not start, the server does not know
        boolean known = database.state() == DatabaseInfo.State.ONLINE;
        return known && !database.hasLogChain()
                ? Optional.of(
                        Told.of("refused.noLogChain", database.name(), database.recoveryModel()))
                : Optional.empty();
    }
}
