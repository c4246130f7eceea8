package dev.sluice.sql.mssql;

import static dev.sluice.sql.mssql.LoginKind.Presence.NONE;
import static dev.sluice.sql.mssql.LoginKind.Presence.OPTIONAL;
import static dev.sluice.sql.mssql.LoginKind.Presence.REQUIRED;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways of logging in that the JDBC driver offers. */
public enum LoginKind {
    /** A login of SQL Server's own: user name and password. */
    SQL("sql", REQUIRED, true),
    /** The Windows account this process runs as; on Windows only. */
    WINDOWS("windows", NONE, false),
    /**
     * Kerberos in Java: a principal with its password, or, without a principal, the ticket that
     * {@code kinit} got.
     */
    KERBEROS("kerberos", OPTIONAL, true),
    /** Microsoft Entra: the user logs in in the browser; the name is a hint. */
    ENTRA_INTERACTIVE("entra-interactive", OPTIONAL, false),
    /** Microsoft Entra: an application by its client id and client secret. */
    ENTRA_SERVICE_PRINCIPAL("entra-service-principal", REQUIRED, true),
    /** Microsoft Entra: an access token that the user got elsewhere. */
    ENTRA_TOKEN("entra-token", NONE, true);

    /** Whether a kind of login goes with a user name. */
    enum Presence {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private final String word;
    private final Presence user;
    private final boolean secret;

    LoginKind(String word, Presence user, boolean secret) {
        this.word = word;
        this.user = user;
        this.secret = secret;
    }

    /** The word for it on the command line and in files. */
    public String word() {
        return word;
    }

    Presence user() {
        return user;
    }

    /** Whether a secret goes with it. */
    boolean hasSecret() {
        return secret;
    }

    /** The kind with this word, in any case. */
    public static LoginKind of(String word) {
        for (LoginKind kind : values()) {
            if (kind.word.equalsIgnoreCase(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is no kind of login; use one of %s"
                        .formatted(
                                word,
                                Arrays.stream(values())
                                        .map(LoginKind::word)
                                        .collect(Collectors.joining(", "))));
    }
}
