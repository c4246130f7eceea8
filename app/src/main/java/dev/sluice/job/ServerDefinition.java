package dev.sluice.job;

import dev.sluice.secret.SecretQuestion;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

/**
 * A SQL Server that the user added under a name. Holds no secret.
 *
 * @param name what the user calls it: 1 to 100 characters, no control characters, no blank at
 *     either end; not that of the embedded server
 * @param connection how it is reached, and who logs in
 * @param secret whether the login's secret is kept; {@code ASK} where it has none
 */
public record ServerDefinition(String name, ConnectionSettings connection, SecretPolicy secret) {

    /** Refuses names that could not be shown or kept, and secrets that there is no use keeping. */
    public ServerDefinition {
        Names.check(name, "server");
        if (name.equalsIgnoreCase(EmbeddedServer.NAME)) {
            throw new RefusedValueException(Told.of("value.name.embedded", name));
        }
        Login login = connection.login();
        if (secret == SecretPolicy.STORE && !login.needsSecret()) {
            throw new RefusedValueException(
                    login.user() == null
                            ? Told.of("value.noSecret", login.kind().word())
                            : Told.of("value.noSecret.of", login.kind().word(), login.user()));
        }
        if (secret == SecretPolicy.STORE && login.kind() == LoginKind.ENTRA_TOKEN) {
            throw new RefusedValueException(Told.of("value.token"));
        }
    }

    /** What is asked when its secret is wanted. */
    public SecretQuestion question() {
        Login login = connection.login();
        return new SecretQuestion(
                key(name),
                login.user() == null
                        ? Told.of("secret", login.kind(), name)
                        : Told.of("secret.of", login.kind(), name, login.user()),
                secret == SecretPolicy.STORE);
    }

    /** What the secret of a server of this name is kept under. */
    static String key(String name) {
        return "server/" + name;
    }
}
