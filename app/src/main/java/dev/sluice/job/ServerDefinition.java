package dev.sluice.job;

import dev.sluice.secret.SecretQuestion;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;

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
            throw new IllegalArgumentException(
                    "\"%s\" is the name of the server that Sluice brings along; choose another"
                            .formatted(name));
        }
        Login login = connection.login();
        if (secret == SecretPolicy.STORE && !login.needsSecret()) {
            throw new IllegalArgumentException(
                    "the login kind %s%s has no secret that could be kept"
                            .formatted(
                                    login.kind().word(),
                                    login.user() == null ? "" : " of \"" + login.user() + "\""));
        }
        if (secret == SecretPolicy.STORE && login.kind() == LoginKind.ENTRA_TOKEN) {
            throw new IllegalArgumentException(
                    "an access token is good for hours at most, so it is not kept; give a new one"
                            + " each time");
        }
    }

    /** What is asked when its secret is wanted. */
    public SecretQuestion question() {
        Login login = connection.login();
        String owner = login.user() == null ? "" : " of \"" + login.user() + "\"";
        return new SecretQuestion(
                key(name),
                login.kind().secretWord() + owner + " on server \"" + name + "\"",
                secret == SecretPolicy.STORE);
    }

    /** What the secret of a server of this name is kept under. */
    static String key(String name) {
        return "server/" + name;
    }
}
