package dev.sluice.ui.home;

import dev.sluice.job.BackupRecord;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.sql.DatabaseInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a server said when it was asked for its databases.
 *
 * @param state whether it answered
 * @param databases its databases, by name
 * @param record its own record of their backups
 * @param problem why it did not answer; empty when there is no more to say
 * @param secret what to ask the user before it can be asked again; null when that is of no use
 */
public record ServerAnswer(
        State state,
        List<DatabaseInfo> databases,
        BackupRecord record,
        String problem,
        @Nullable SecretQuestion secret) {

    /** Whether a server answered. */
    public enum State {
        /** It is being asked for the first time. */
        ASKED,
        /** It told its databases. */
        ANSWERED,
        /** Nobody has logged in yet. */
        LOCKED,
        /** It could not be reached, or it refused. */
        FAILED
    }

    /** Before the first answer. */
    static final ServerAnswer NONE =
            new ServerAnswer(State.ASKED, List.of(), BackupRecord.EMPTY, "", null);

    static ServerAnswer of(List<DatabaseInfo> databases, BackupRecord record) {
        return new ServerAnswer(State.ANSWERED, List.copyOf(databases), record, "", null);
    }

    static ServerAnswer locked(SecretQuestion secret) {
        return new ServerAnswer(State.LOCKED, List.of(), BackupRecord.EMPTY, "", secret);
    }

    static ServerAnswer failed(String problem, @Nullable SecretQuestion secret) {
        return new ServerAnswer(State.FAILED, List.of(), BackupRecord.EMPTY, problem, secret);
    }
}
