package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;

import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;

/**
 * Why a connection was not made, for people: what was tried, what was met, what to do. The driver
 * tells much of it in words alone, which depend on the user's language, so that hosts, ports and
 * certificates are looked at once more.
 */
final class ConnectFailure {

    private static final int USUAL_PORT = 1433;

    /** Where SQL Server Browser listens; the number is in the driver's message in any language. */
    private static final String BROWSERS_PORT = "1434";

    /** What a machine may take to answer a second look. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** What the driver adds for its own log. */
    private static final Pattern CONNECTION_ID =
            Pattern.compile("\\s*ClientConnectionId:[0-9a-f-]+");

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
            return "the server refused the login.\n%s\n%s"
                    .formatted(refusal, LoginAdvice.on(refusal))
                    .strip();
        }
        return cause(PinnedCertificate.UntrustedException.class)
                .map(this::otherCertificate)
                .or(this::nobodyToLogIn)
                .orElseGet(() -> isOfTls() ? noTls() : unreachable());
    }

    /** What kept this end from saying who logs in; empty when it did not come to that. */
    private Optional<String> nobodyToLogIn() {
        Login login = settings.login();
        return switch (login.kind()) {
            case SQL, ENTRA_TOKEN -> Optional.empty();
            case WINDOWS ->
                    cause(UnsatisfiedLinkError.class)
                            .map(met -> noLibrary(met, System.getProperty("os.name", "")));
            case KERBEROS ->
                    cause(LoginException.class)
                            .<Throwable>map(met -> met)
                            .or(() -> cause(GSSException.class))
                            .map(this::noTicket);
            case ENTRA_INTERACTIVE, ENTRA_SERVICE_PRINCIPAL ->
                    cause(ExecutionException.class)
                            .<Throwable>map(met -> met)
                            .or(() -> cause(TimeoutException.class))
                            .map(met -> noToken(login.kind()));
        };
    }

    /**
     * Why no Windows account can log in.
     *
     * @param met the driver's words, which name the file it looked for
     * @param system the operating system's name
     */
    static String noLibrary(UnsatisfiedLinkError met, String system) {
        return system.startsWith("Windows")
                ? """
                the Windows account of this process was to log in, and the driver's library for \
                that is not there: %s
                Sluice does not bring it along, since Microsoft licenses it apart. Get the DLL of \
                that name from the driver's release of that version \
                (https://github.com/microsoft/mssql-jdbc/releases), put it into a folder that is \
                on the PATH, and start Sluice again; or use another kind of login.\
                """
                        .formatted(met.getMessage())
                : """
                the login kind windows takes the Windows account of this process, and this is %s.
                Use kerberos with a ticket that kinit got, or another kind of login.\
                """
                        .formatted(system);
    }

    private String noTicket(Throwable met) {
        String user = settings.login().user();
        return """
        Kerberos let nobody log in: %s
        Check %s; that this machine's krb5.conf names the realm and its KDC, that both clocks \
        agree, and that SQL Server's account has the service principal name (MSSQLSvc/...) of the \
        host's full DNS name, by which it must be connected to.\
        """
                .formatted(
                        met.getMessage(),
                        user == null
                                ? "with klist that there is a ticket that has not expired (kinit"
                                        + " gets one)"
                                : "the principal %s and its password".formatted(user));
    }

    private String noToken(LoginKind kind) {
        return """
        Microsoft Entra gave no access token: %s
        Check %s, and that this machine reaches https://login.microsoftonline.com.\
        """
                .formatted(
                        said(),
                        kind == LoginKind.ENTRA_INTERACTIVE
                                ? "that the login in the browser was finished in time, by an"
                                        + " account of the server's tenant"
                                : "the client id, and that its client secret is the right one and"
                                        + " has not expired");
    }

    private boolean isOfTls() {
        return cause(SSLException.class).isPresent()
                || cause(GeneralSecurityException.class).isPresent();
    }

    private String otherCertificate(PinnedCertificate.UntrustedException untrusted) {
        return """
        NOT CONNECTED: the server shows another certificate than the trusted one.
        Shown:   %s
        Trusted: SHA-256 %s
        Somebody may be listening in between, or the server got a new certificate. Compare the \
        fingerprint on the server itself before you trust the new one.%s\
        """
                .formatted(
                        Certificates.describe(untrusted.shown()),
                        settings.trustedCertificate(),
                        onOwnMake(untrusted.shown()));
    }

    private String noTls() {
        Optional<X509Certificate> shown =
                cause(CertificateException.class).flatMap(e -> Certificates.shownBy(settings));
        return shown.map(this::badCertificate).orElseGet(this::noHandshake);
    }

    private String badCertificate(X509Certificate shown) {
        return """
        the server's certificate is not trusted: %s
        It shows %s%s
        To trust exactly this one, compare the fingerprint on the server itself, then give it as \
        the server's trusted certificate (sluice server edit %s --trust-certificate %s).\
        """
                .formatted(
                        fault(),
                        Certificates.describe(shown),
                        onOwnMake(shown),
                        server,
                        hex(shown));
    }

    private static String hex(X509Certificate certificate) {
        try {
            return Fingerprint.of(certificate).hex();
        } catch (CertificateException e) {
            return "SHA256";
        }
    }

    private static String onOwnMake(X509Certificate shown) {
        return Certificates.isOwnMake(shown)
                ? "\nSQL Server made it for itself, and makes another each time it starts: it is"
                        + " trusted until then only. Give the server a certificate to end that."
                : "";
    }

    /** What is wrong with the certificate. */
    private String fault() {
        if (cause(CertPathBuilderException.class).isPresent()) {
            return "it was issued by nobody whom this computer's Java trusts.";
        }
        Optional<CertPathValidatorException> invalid = cause(CertPathValidatorException.class);
        if (invalid.isPresent() && invalid.get().getReason() == BasicReason.EXPIRED) {
            return "it has expired.";
        }
        return """
        %s
        If it is for another of the server's names, connect by that, or say it (sluice server edit \
        %s --certificate-host NAME).\
        """
                .formatted(
                        cause(SSLException.class).map(Throwable::getMessage).orElse(said()),
                        server);
    }

    private String noHandshake() {
        String met = cause(SSLException.class).map(Throwable::getMessage).orElse(said());
        return settings.encryption() == Encryption.STRICT
                ? """
                no TLS came about: %s
                Strict encryption needs SQL Server 2022 or newer, with a certificate of its own; \
                try mandatory.\
                """
                        .formatted(met)
                : """
                no TLS came about: %s
                The server may speak no version of TLS that this Java accepts (1.2 and newer).\
                """
                        .formatted(met);
    }

    private String unreachable() {
        if (!isKnown(settings.host())) {
            return "there is no host of this name. Check it for typing errors.";
        }
        if (settings.instance() != null) {
            return onInstance();
        }
        if (cause(SocketTimeoutException.class).isPresent()) {
            return silent();
        }
        int port = settings.port() == 0 ? USUAL_PORT : settings.port();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(settings.host(), port), Math.toIntExact(LOOK.toMillis()));
            return notSqlServer();
        } catch (ConnectException e) {
            return refused(port, String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException | NoRouteToHostException e) {
            return silent();
        } catch (IOException e) {
            return notSqlServer(); // it was reset at once
        }
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String onInstance() {
        return said().contains(BROWSERS_PORT)
                ? """
                SQL Server Browser did not tell the port of instance %s.
                Check the instance's name, that the service SQL Server Browser runs on %s, and \
                that no firewall blocks UDP port 1434; or give the instance's port instead of its \
                name.\
                """
                        .formatted(settings.instance(), settings.host())
                : """
                SQL Server Browser told the port of instance %s, but no connection came of it: %s
                Check that the instance runs and has TCP/IP enabled (SQL Server Configuration \
                Manager), and that no firewall blocks its port.\
                """
                        .formatted(settings.instance(), said());
    }

    private String refused(int port, String met) {
        return """
        port %d takes no connection: %s
        Check that SQL Server runs and has TCP/IP enabled (SQL Server Configuration Manager, or \
        mssql-conf: network.tcpport), and that this is its port: %d is that of a default instance, \
        named ones have their own, which SQL Server Browser tells when the instance is given \
        instead.\
        """
                .formatted(port, met, USUAL_PORT);
    }

    private String silent() {
        return """
        it did not answer in time: %s
        Check the address, that the machine is on, that no firewall between drops the packets, and \
        that SQL Server is not too busy to take a connection.\
        """
                .formatted(said());
    }

    /** Somebody listens there, whoever it is. */
    private String notSqlServer() {
        return settings.encryption() == Encryption.STRICT
                ? """
                something listens there, but no connection came of it: %s
                Check that this is SQL Server's port. Strict encryption needs SQL Server 2022 or \
                newer; try mandatory.\
                """
                        .formatted(said())
                : """
                something listens there, but no connection came of it: %s
                Check that this is SQL Server's port. A server that forces strict encryption \
                answers to strict only; and one whose TLS does not work (its error log says why) \
                is not connected to, since Sluice never goes without.\
                """
                        .formatted(said());
    }

    private String said() {
        return CONNECTION_ID.matcher(String.valueOf(failure.getMessage())).replaceAll("");
    }

    private <T> Optional<T> cause(Class<T> kind) {
        return Causes.find(failure, kind);
    }
}
