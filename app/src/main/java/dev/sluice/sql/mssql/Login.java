package dev.sluice.sql.mssql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

/**
 * Who logs in, and how; never with what secret.
 *
 * @param kind the way of logging in
 * @param user the login, principal or client id: 1 to 128 characters without control characters; or
 *     null where the kind has none or can do without
 */
public record Login(LoginKind kind, @Nullable String user) {

    /** The longest name SQL Server keeps (sysname). */
    private static final int LONGEST = 128;

    /** Refuses a user name where none belongs, and none where one does. */
    public Login {
        if (user == null && kind.user() == LoginKind.Presence.REQUIRED) {
            throw new RefusedValueException(Told.of("value.user.needed", kind.word()));
        }
        if (user != null && kind.user() == LoginKind.Presence.NONE) {
            throw new RefusedValueException(Told.of("value.user.none", kind.word(), user));
        }
        if (user != null
                && (user.isBlank()
                        || user.length() > LONGEST
                        || user.chars().anyMatch(Character::isISOControl))) {
            throw new RefusedValueException(Told.of("value.user", user, LONGEST));
        }
    }

    /** Whether a secret must be at hand to connect. */
    public boolean needsSecret() {
        // without a principal, Kerberos takes the ticket that is there
        return kind.hasSecret() && !(kind == LoginKind.KERBEROS && user == null);
    }
}
