package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDataSource;

import java.sql.SQLException;
import java.time.Duration;

/** Opens connections of the JDBC driver as the settings say. */
final class Connector {

    /** What the server's activity monitor shows. */
    private static final String APPLICATION = "Sluice";

    /** Long enough for a busy server and a SQL Server Browser that is asked first. */
    private static final Duration LOGIN_TIME = Duration.ofSeconds(30);

    private final ConnectionSettings settings;
    private final Duration loginTime;

    Connector(ConnectionSettings settings) {
        this(settings, LOGIN_TIME);
    }

    /**
     * @param loginTime within which a connection is made or given up; whole seconds
     */
    Connector(ConnectionSettings settings, Duration loginTime) {
        this.settings = settings;
        this.loginTime = loginTime;
    }

    /**
     * Connects and logs in.
     *
     * @param secret of the login; empty where it has none
     */
    SQLServerConnection connect(String secret) throws SQLException {
        SQLServerDataSource source = source();
        if (settings.trustedCertificate() != null) {
            trustOnly(source, settings.trustedCertificate().hex());
        }
        logIn(source, secret);
        return (SQLServerConnection) source.getConnection();
    }

    /**
     * Goes as far as the server's certificate and no further: it is trusted by nobody, so that
     * nobody logs in.
     */
    void look() throws SQLException {
        SQLServerDataSource source = source();
        trustOnly(source, PinnedCertificate.NONE);
        source.getConnection().close();
    }

    private SQLServerDataSource source() {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setApplicationName(APPLICATION);
        source.setServerName(settings.host());
        if (settings.port() != 0) {
            source.setPortNumber(settings.port());
        }
        if (settings.instance() != null) {
            source.setInstanceName(settings.instance());
        }
        source.setDatabaseName("master");
        source.setLoginTimeout(Math.toIntExact(loginTime.toSeconds()));
        // a connection made again behind our back would not be the one the statement runs on
        source.setConnectRetryCount(0);
        encrypt(source);
        return source;
    }

    private void encrypt(SQLServerDataSource source) {
        source.setEncrypt(
                switch (settings.encryption()) {
                    case MANDATORY -> "true";
                    case STRICT -> "strict";
                });
        source.setTrustServerCertificate(false);
        if (settings.hostNameInCertificate() != null) {
            source.setHostNameInCertificate(settings.hostNameInCertificate());
        }
    }

    private static void trustOnly(SQLServerDataSource source, String fingerprint) {
        source.setTrustManagerClass(PinnedCertificate.class.getName());
        source.setTrustManagerConstructorArg(fingerprint);
    }

    private void logIn(SQLServerDataSource source, String secret) {
        Login login = settings.login();
        switch (login.kind()) {
            case SQL -> userAndSecret(source, secret);
            case WINDOWS -> {
                source.setIntegratedSecurity(true);
                source.setAuthenticationScheme("NativeAuthentication");
            }
            case KERBEROS -> {
                source.setIntegratedSecurity(true);
                source.setAuthenticationScheme("JavaKerberos");
                if (login.user() != null) {
                    userAndSecret(source, secret);
                }
            }
            case ENTRA_INTERACTIVE -> {
                source.setAuthentication("ActiveDirectoryInteractive");
                if (login.user() != null) {
                    source.setUser(login.user());
                }
            }
            case ENTRA_SERVICE_PRINCIPAL -> {
                source.setAuthentication("ActiveDirectoryServicePrincipal");
                userAndSecret(source, secret);
            }
            case ENTRA_TOKEN -> source.setAccessToken(secret);
        }
    }

    private void userAndSecret(SQLServerDataSource source, String secret) {
        source.setUser(settings.login().user());
        source.setPassword(secret);
    }
}
