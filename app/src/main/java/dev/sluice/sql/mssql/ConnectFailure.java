package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;

import javax.net.ssl.SSLException;

/** Why a connection was not made, for people: what was tried, what was met, what to do. */
final class ConnectFailure {

    private final String server;
    private final ConnectionSettings settings;
    private final SQLException failure;

    /**
     * @param server its name for people
     * @param failure as the driver tells it
     */
    ConnectFailure(String server, ConnectionSettings settings, SQLException failure) {
        this.server = server;
        this.settings = settings;
        this.failure = failure;
    }

    /** The same as an exception of our own. */
    SqlServerException exception() {
        SqlMessage refusal = refusal();
        String text = "%s (%s): %s".formatted(server, settings.address(), reason(refusal));
        return refusal == null
                ? new SqlServerException(text, failure)
                : new SqlServerException(text, List.of(refusal), failure);
    }

    /** What the server itself said; null when it did not come to that. */
    private @Nullable SqlMessage refusal() {
        SQLServerError error =
                failure instanceof SQLServerException known ? known.getSQLServerError() : null;
        return error == null
                ? null
                : new SqlMessage(
                        error.getErrorNumber(),
                        error.getErrorSeverity(),
                        error.getErrorState(),
                        error.getErrorMessage());
    }

    private String reason(@Nullable SqlMessage refusal) {
        if (refusal != null) {
            return "the server refused the login.\n" + refusal;
        }
        PinnedCertificate.UntrustedException untrusted =
                cause(PinnedCertificate.UntrustedException.class);
        if (untrusted != null) {
            return otherCertificate(untrusted);
        }
        if (cause(SSLException.class) != null || cause(GeneralSecurityException.class) != null) {
            return untrustedCertificate();
        }
        return unreachable();
    }

    private String otherCertificate(PinnedCertificate.UntrustedException untrusted) {
        return """
        the server shows a certificate that is not the trusted one.
        Shown:   %s
        Trusted: %s
        Somebody may be listening, or the server got a new certificate. Compare the fingerprint \
        on the server itself before you trust the new one.\
        """
                .formatted(Certificates.describe(untrusted.shown()), settings.trustedCertificate());
    }

    private String untrustedCertificate() {
        return """
        the encrypted connection was not made: %s
        %s\
        """
                .formatted(
                        failure.getMessage(),
                        Certificates.shownBy(settings)
                                .map(
                                        shown ->
                                                """
                                                The server shows %s
                                                To trust exactly this one, after comparing the fingerprint on the server \
                                                itself, give it as the trusted certificate.\
                                                """
                                                        .formatted(Certificates.describe(shown)))
                                .orElse(
                                        settings.encryption() == Encryption.STRICT
                                                ? "Strict encryption needs SQL Server 2022 or"
                                                        + " newer; try mandatory."
                                                : "The server may speak no TLS that this Java"
                                                        + " accepts."));
    }

    private String unreachable() {
        String said = String.valueOf(failure.getMessage());
        if (cause(UnknownHostException.class) != null) {
            return "there is no host of this name. Check it for typing errors.";
        }
        if (settings.instance() != null && said.contains("SQL Server Browser")) {
            return said + "\nOr give the instance's port instead of its name.";
        }
        if (cause(ConnectException.class) != null || cause(SocketTimeoutException.class) != null) {
            return "%s\nCheck that SQL Server runs and listens on TCP (SQL Server Configuration Manager, or mssql-conf), and that no firewall is between."
                    .formatted(said);
        }
        return said;
    }

    private <T> @Nullable T cause(Class<T> kind) {
        Throwable cause = failure;
        while (cause != null) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
