package dev.sluice.cli;

import dev.sluice.job.SecretPolicy;
import dev.sluice.job.ServerDefinition;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options that describe a SQL Server; what is not given is as usual, or as it was. */
final class ConnectionOptions {

    /** What takes back an option. */
    private static final String NONE = "none";

    @Option(names = "--host", paramLabel = "HOST", description = "DNS name or address of it.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port; 0 for the usual one, 1433.")
    private @Nullable Integer port;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Named instance, whose port SQL Server Browser tells; instead of a port.")
    private @Nullable String instance;

    @Option(
            names = "--encryption",
            paramLabel = "KIND",
            description =
                    "mandatory, the usual one, or strict (TDS 8.0, SQL Server 2022 and newer).")
    private @Nullable String encryption;

    @Option(
            names = "--trust-certificate",
            paramLabel = "SHA256",
            description =
                    "Trust exactly the certificate with this fingerprint, whoever issued it;"
                            + " none to take it back.")
    private @Nullable String trusted;

    @Option(
            names = "--certificate-host",
            paramLabel = "NAME",
            description = "The name its certificate is for, if not HOST; none to take it back.")
    private @Nullable String certificateHost;

    @Option(
            names = "--login",
            paramLabel = "KIND",
            description =
                    "sql, the usual one, windows, kerberos, entra-interactive,"
                            + " entra-service-principal or entra-token.")
    private @Nullable String login;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "User name, principal or client id; none to take it back.")
    private @Nullable String user;

    @Option(
            names = "--secret",
            paramLabel = "HOW",
            description = {
                "ask for its password each time, as is usual, or store it in the platform's"
                        + " store for secrets."
            })
    private @Nullable String secret;

    /** Whether the user said anew that the secret is to be kept. */
    boolean sayStore() {
        return secret != null;
    }

    /** A new server. */
    ServerDefinition server(String name) {
        if (host == null) {
            throw new IllegalArgumentException("give the server's --host");
        }
        Login sql = new Login(login == null ? LoginKind.SQL : LoginKind.of(login), user(null));
        return changed(
                new ServerDefinition(
                        name,
                        new ConnectionSettings(
                                host, 0, null, Encryption.MANDATORY, null, null, sql),
                        SecretPolicy.ASK));
    }

    /** The server with what was given. */
    ServerDefinition changed(ServerDefinition old) {
        Login who = login(old.connection().login());
        return new ServerDefinition(
                old.name(), connection(old.connection(), who), policy(old.secret(), who));
    }

    private ConnectionSettings connection(ConnectionSettings old, Login who) {
        boolean otherPlace = port != null || instance != null;
        boolean otherTrust = trusted != null || certificateHost != null;
        return new ConnectionSettings(
                host == null ? old.host() : host,
                otherPlace ? (port == null ? 0 : port) : old.port(),
                otherPlace ? instance : old.instance(),
                encryption == null ? old.encryption() : Encryption.of(encryption),
                otherTrust ? fingerprint() : old.trustedCertificate(),
                otherTrust ? unlessNone(certificateHost) : old.hostNameInCertificate(),
                who);
    }

    private @Nullable Fingerprint fingerprint() {
        String given = unlessNone(trusted);
        return given == null ? null : new Fingerprint(given);
    }

    private Login login(Login old) {
        if (login == null) {
            return new Login(old.kind(), user(old.user()));
        }
        LoginKind kind = LoginKind.of(login);
        return new Login(kind, user(kind == old.kind() ? old.user() : null));
    }

    private @Nullable String user(@Nullable String old) {
        return user == null ? old : unlessNone(user);
    }

    private SecretPolicy policy(SecretPolicy old, Login who) {
        if (secret != null) {
            return SecretPolicy.of(secret);
        }
        return who.needsSecret() ? old : SecretPolicy.ASK;
    }

    private static @Nullable String unlessNone(@Nullable String given) {
        return NONE.equals(given) ? null : given;
    }
}
