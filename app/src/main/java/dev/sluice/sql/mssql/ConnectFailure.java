package dev.sluice.sql.mssql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.words.Told;

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
        Told text = Told.of("connect.failed", server, settings.address(), reason(refusal));
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

    private Told reason(@Nullable SqlMessage refusal) {
        if (refusal != null) {
            return Told.lines(
                    Told.of("connect.refusedLogin"),
                    Told.asIs(refusal.toString()),
                    LoginAdvice.on(refusal));
        }
        return cause(PinnedCertificate.UntrustedException.class)
                .map(this::otherCertificate)
                .or(this::nobodyToLogIn)
                .orElseGet(() -> isOfTls() ? noTls() : unreachable());
    }

    /** What kept this end from saying who logs in; empty when it did not come to that. */
    private Optional<Told> nobodyToLogIn() {
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
    static Told noLibrary(UnsatisfiedLinkError met, String system) {
        return system.startsWith("Windows")
                ? Told.lines(
                        Told.of("connect.noDriverLibrary", String.valueOf(met.getMessage())),
                        Told.of("connect.noDriverLibrary.do"))
                : Told.lines(Told.of("connect.noWindows", system), Told.of("connect.noWindows.do"));
    }

    private Told noTicket(Throwable met) {
        String user = settings.login().user();
        return Told.lines(
                Told.of("connect.noTicket", String.valueOf(met.getMessage())),
                user == null
                        ? Told.of("connect.noTicket.do")
                        : Told.of("connect.noTicket.doUser", user));
    }

    private Told noToken(LoginKind kind) {
        return Told.lines(
                Told.of("connect.noToken", said()),
                kind == LoginKind.ENTRA_INTERACTIVE
                        ? Told.of("connect.noToken.doBrowser")
                        : Told.of("connect.noToken.doClient"));
    }

    private boolean isOfTls() {
        return cause(SSLException.class).isPresent()
                || cause(GeneralSecurityException.class).isPresent();
    }

    private Told otherCertificate(PinnedCertificate.UntrustedException untrusted) {
        return Told.lines(
                Told.of("connect.otherCertificate"),
                Told.of("connect.otherCertificate.shown", Certificates.describe(untrusted.shown())),
                Told.of(
                        "connect.otherCertificate.trusted",
                        String.valueOf(settings.trustedCertificate())),
                Told.of("connect.otherCertificate.do"),
                onOwnMake(untrusted.shown()));
    }

    private Told noTls() {
        Optional<X509Certificate> shown =
                cause(CertificateException.class).flatMap(e -> Certificates.shownBy(settings));
        return shown.map(this::badCertificate).orElseGet(this::noHandshake);
    }

    private Told badCertificate(X509Certificate shown) {
        return Told.lines(
                Told.of("connect.badCertificate", fault()),
                Told.of("connect.badCertificate.shown", Certificates.describe(shown)),
                onOwnMake(shown),
                Told.of("connect.badCertificate.do", server, hex(shown)));
    }

    private static String hex(X509Certificate certificate) {
        try {
            return Fingerprint.of(certificate).hex();
        } catch (CertificateException e) {
            return "SHA256";
        }
    }

    private static Told onOwnMake(X509Certificate shown) {
        return Certificates.isOwnMake(shown) ? Told.of("connect.ownMake") : Told.NOTHING;
    }

    /** What is wrong with the certificate. */
    private Told fault() {
        if (cause(CertPathBuilderException.class).isPresent()) {
            return Told.of("connect.fault.issuer");
        }
        Optional<CertPathValidatorException> invalid = cause(CertPathValidatorException.class);
        if (invalid.isPresent() && invalid.get().getReason() == BasicReason.EXPIRED) {
            return Told.of("connect.fault.expired");
        }
        return Told.lines(Told.asIs(saidOfTls()), Told.of("connect.fault.name", server));
    }

    private String saidOfTls() {
        return cause(SSLException.class).map(Throwable::getMessage).orElse(said());
    }

    private Told noHandshake() {
        return Told.lines(
                Told.of("connect.noTls", saidOfTls()),
                settings.encryption() == Encryption.STRICT
                        ? Told.of("connect.noTls.doStrict")
                        : Told.of("connect.noTls.do"));
    }

    private Told unreachable() {
        if (!isKnown(settings.host())) {
            return Told.of("connect.noHost");
        }
        String instance = settings.instance();
        if (instance != null) {
            return onInstance(instance);
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

    private Told onInstance(String instance) {
        return said().contains(BROWSERS_PORT)
                ? Told.lines(
                        Told.of("connect.noBrowser", instance),
                        Told.of("connect.noBrowser.do", settings.host()))
                : Told.lines(
                        Told.of("connect.browser", instance, said()),
                        Told.of("connect.browser.do"));
    }

    private static Told refused(int port, String met) {
        return Told.lines(
                Told.of("connect.refused", Integer.toString(port), met),
                Told.of("connect.refused.do", Integer.toString(USUAL_PORT)));
    }

    private Told silent() {
        return Told.lines(Told.of("connect.silent", said()), Told.of("connect.silent.do"));
    }

    /** Somebody listens there, whoever it is. */
    private Told notSqlServer() {
        return Told.lines(
                Told.of("connect.notSqlServer", said()),
                settings.encryption() == Encryption.STRICT
                        ? Told.of("connect.notSqlServer.doStrict")
                        : Told.of("connect.notSqlServer.do"));
    }

    private String said() {
        return CONNECTION_ID.matcher(String.valueOf(failure.getMessage())).replaceAll("");
    }

    private <T> Optional<T> cause(Class<T> kind) {
        return Causes.find(failure, kind);
    }
}
