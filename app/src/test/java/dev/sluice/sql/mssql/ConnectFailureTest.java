package dev.sluice.sql.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.tds.Handler;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.tds.Request;
import dev.sluice.tds.TdsServer;
import dev.sluice.tds.TestCertificates;
import dev.sluice.tds.TestCertificates.Identity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How SQL Servers are connected to, and what is said when they are not: through the real driver.
 */
@Timeout(60)
class ConnectFailureTest {

    private static final String PASSWORD = "hunter2 \u65e5 ;}'\"";
    private static final String LOCALHOST = "127.0.0.1";

    /** Of all that the driver logs, kept from being collected. */
    private static final Logger DRIVERS_LOG = Logger.getLogger("com.microsoft.sqlserver.jdbc");

    private static TestCertificates certificates;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Queue<String> passwords = new ConcurrentLinkedQueue<>();
    private final StringWriter log = new StringWriter();
    private final java.util.logging.Handler hearing = new Hearing();

    /** Writes down everything with all that is in it. */
    private final class Hearing extends java.util.logging.Handler {

        @Override
        public void publish(LogRecord record) {
            synchronized (log) {
                PrintWriter out = new PrintWriter(log);
                out.println(record.getMessage());
                if (record.getThrown() != null) {
                    record.getThrown().printStackTrace(out);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Takes every login and notes its password. */
    private final Handler welcoming =
            new Handler() {
                @Override
                public void login(dev.sluice.tds.Login login, Reply reply) {
                    passwords.add(login.password());
                }

                @Override
                public void batch(Request request, Reply reply) {}
            };

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        certificates = new TestCertificates(folder);
    }

    @BeforeEach
    void hearTheDriver() {
        DRIVERS_LOG.setLevel(Level.ALL);
        DRIVERS_LOG.setUseParentHandlers(false);
        DRIVERS_LOG.addHandler(hearing);
    }

    @AfterEach
    void closeAndLookForThePassword() throws Exception {
        DRIVERS_LOG.removeHandler(hearing);
        DRIVERS_LOG.setLevel(null);
        DRIVERS_LOG.setUseParentHandlers(true);
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        assertThat(log.toString()).isNotEmpty().doesNotContain("hunter2");
    }

    private TdsServer server(Encryption encryption, Identity identity, Handler handler)
            throws IOException {
        TdsServer server =
                TdsServer.start(
                        encryption == Encryption.STRICT
                                ? dev.sluice.tds.Encryption.STRICT
                                : dev.sluice.tds.Encryption.REQUIRED,
                        identity,
                        handler);
        open.add(server);
        return server;
    }

    private static ConnectionSettings settings(Encryption encryption, int port) {
        return settings(LOCALHOST, port, null, encryption, null, null);
    }

    private static ConnectionSettings pinned(Encryption encryption, int port, Identity identity)
            throws Exception {
        Fingerprint fingerprint = Fingerprint.of(identity.certificate());
        return settings(LOCALHOST, port, null, encryption, fingerprint, null);
    }

    private static ConnectionSettings settings(
            String host,
            int port,
            @Nullable String instance,
            Encryption encryption,
            @Nullable Fingerprint trusted,
            @Nullable String certificateHost) {
        Login sa = new Login(LoginKind.SQL, "sa");
        return new ConnectionSettings(
                host, port, instance, encryption, trusted, certificateHost, sa);
    }

    private static SqlSession connect(ConnectionSettings settings) throws SqlServerException {
        return new MssqlServer(
                        "prod",
                        settings,
                        () -> PASSWORD,
                        () -> {
                            throw new AssertionError("no device set is asked for");
                        })
                .connect();
    }

    /** What the user is told; nothing of it, nor of what it came from, tells the password. */
    private static String refusal(ConnectionSettings settings) {
        SqlServerException failure =
                catchThrowableOfType(SqlServerException.class, () -> connect(settings).close());
        return told(failure);
    }

    private static String told(SqlServerException failure) {
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("hunter2");
        String text = String.valueOf(failure.getMessage());
        assertThat(text).startsWith("prod (").doesNotContain("ClientConnectionId");
        return text;
    }

    private void assertLoggedIn(ConnectionSettings settings) throws SqlServerException {
        connect(settings).close();
        assertThat(passwords).containsExactly(PASSWORD);
    }

    private void assertNobodyLoggedIn() {
        assertThat(passwords).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void aCertificateOfAnUnknownAuthorityIsRefusedAndShown(Encryption encryption) throws Exception {
        Identity identity = certificates.valid();
        TdsServer server = server(encryption, identity, welcoming);

        String told = refusal(settings(encryption, server.port()));

        Fingerprint fingerprint = Fingerprint.of(identity.certificate());
        assertThat(told)
                .contains("issued by nobody whom this computer's Java trusts")
                .contains("SHA-256 " + fingerprint, "(localhost, 127.0.0.1)", "CN=authority")
                .contains("sluice server edit prod --trust-certificate " + fingerprint.hex())
                .doesNotContain("PKIX", "trustServerCertificate", "each time it starts");
        assertNobodyLoggedIn();
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void theTrustedCertificateIsEnoughWhateverIsInIt(Encryption encryption) throws Exception {
        Identity identity = certificates.ofAnotherHost();
        TdsServer server = server(encryption, identity, welcoming);
        assertLoggedIn(pinned(encryption, server.port(), identity));
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void anotherCertificateThanTheTrustedOneIsRefusedLoudly(Encryption encryption)
            throws Exception {
        Identity shown = certificates.ofAnotherHost();
        TdsServer server = server(encryption, shown, welcoming);

        String told = refusal(pinned(encryption, server.port(), certificates.valid()));

        assertThat(told)
                .contains("NOT CONNECTED: the server shows another certificate")
                .contains("Shown:   SHA-256 " + Fingerprint.of(shown.certificate()))
                .contains("Trusted: SHA-256 " + Fingerprint.of(certificates.valid().certificate()))
                .contains("Somebody may be listening");
        assertNobodyLoggedIn();
    }

    @Test
    void aCertificateOfSqlServersOwnMakeIsToldToLastUntilItsNextStart() throws Exception {
        Identity identity = certificates.selfMade("SSL_Self_Signed_Fallback");
        TdsServer server = server(Encryption.MANDATORY, identity, welcoming);

        String told = refusal(settings(Encryption.MANDATORY, server.port()));

        assertThat(told).contains("for CN=SSL_Self_Signed_Fallback", "each time it starts");
        assertLoggedIn(pinned(Encryption.MANDATORY, server.port(), identity));
    }

    @Nested
    class WithAnAuthorityThatJavaTrusts {

        private static final String TRUST_STORE = "javax.net.ssl.trustStore";

        @BeforeAll
        static void trust() throws Exception {
            System.setProperty(TRUST_STORE, certificates.trustStore().toString());
        }

        @AfterAll
        static void trustNoMore() {
            System.clearProperty(TRUST_STORE);
        }

        @ParameterizedTest
        @EnumSource(Encryption.class)
        void itsCertificatesAreAccepted(Encryption encryption) throws Exception {
            TdsServer server = server(encryption, certificates.valid(), welcoming);
            assertLoggedIn(settings(encryption, server.port()));
        }

        @ParameterizedTest
        @EnumSource(Encryption.class)
        void aCertificateOfAnotherHostIsRefusedUnlessItsNameIsGiven(Encryption encryption)
                throws Exception {
            TdsServer server = server(encryption, certificates.ofAnotherHost(), welcoming);

            assertThat(refusal(settings(encryption, server.port())))
                    .contains("not trusted", "\"127.0.0.1\"", "(elsewhere.example)")
                    .contains("sluice server edit prod --certificate-host NAME");
            assertNobodyLoggedIn();

            String name = "elsewhere.example";
            assertLoggedIn(settings(LOCALHOST, server.port(), null, encryption, null, name));
        }

        @ParameterizedTest
        @EnumSource(Encryption.class)
        void anExpiredCertificateIsRefused(Encryption encryption) throws Exception {
            TdsServer server = server(encryption, certificates.expired(), welcoming);

            assertThat(refusal(settings(encryption, server.port())))
                    .contains("not trusted: it has expired", "valid until");
            assertNobodyLoggedIn();
        }

        @Test
        void aServerThatIsNotStrictIsToldApart() throws Exception {
            TdsServer server = server(Encryption.MANDATORY, certificates.valid(), welcoming);
            assertThat(refusal(settings(Encryption.STRICT, server.port())))
                    .contains("no TLS came about", "SQL Server 2022 or newer", "try mandatory");
        }

        @Test
        void aServerThatIsStrictIsToldApart() throws Exception {
            TdsServer server = server(Encryption.STRICT, certificates.valid(), welcoming);
            assertThat(refusal(settings(Encryption.MANDATORY, server.port())))
                    .contains("something listens there", "forces strict encryption");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, State 1 hides the reason",
        "5, no such login",
        "8, The password is wrong",
        "58, Windows logins only",
        "99, error log"
    })
    void aRefusedLoginIsToldWithItsNumberStateAndMeaning(int state, String meaning)
            throws Exception {
        TdsServer server = refusing(new Message(18456, 14, state, "Login failed for user 'sa'."));
        assertThat(refusal(pinned(Encryption.MANDATORY, server.port(), certificates.valid())))
                .contains("the server refused the login")
                .contains("Msg 18456, Level 14, State " + state + ": Login failed for user 'sa'.")
                .contains(meaning);
    }

    @Test
    void aRefusedLoginKeepsItsMessageSoThatItsSecretIsAskedForAnew() throws Exception {
        TdsServer server = refusing(Message.loginFailed("sa"));
        ConnectionSettings settings =
                pinned(Encryption.MANDATORY, server.port(), certificates.valid());
        SqlServerException failure =
                catchThrowableOfType(SqlServerException.class, () -> connect(settings).close());
        assertThat(failure.has(18456)).isTrue();
    }

    @Test
    void anUnknownReasonIsToldAsTheServerSaysIt() throws Exception {
        TdsServer server = refusing(new Message(17892, 14, 1, "Logon trigger execution."));
        assertThat(refusal(pinned(Encryption.MANDATORY, server.port(), certificates.valid())))
                .endsWith("Msg 17892, Level 14, State 1: Logon trigger execution.");
    }

    private TdsServer refusing(Message refusal) throws Exception {
        return server(
                Encryption.MANDATORY,
                certificates.valid(),
                new Handler() {
                    @Override
                    public void login(dev.sluice.tds.Login login, Reply reply) throws Exception {
                        reply.message(refusal);
                    }

                    @Override
                    public void batch(Request request, Reply reply) {
                        throw new AssertionError("nobody is logged in");
                    }
                });
    }

    private String refusalOf(Login login, TdsServer server) throws Exception {
        Fingerprint trusted = Fingerprint.of(certificates.valid().certificate());
        return refusal(
                new ConnectionSettings(
                        LOCALHOST,
                        server.port(),
                        null,
                        Encryption.MANDATORY,
                        trusted,
                        null,
                        login));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aWindowsAccountIsToldToBeNoneWhereThereIsNoWindows() throws Exception {
        TdsServer server = server(Encryption.MANDATORY, certificates.valid(), welcoming);
        assertThat(refusalOf(new Login(LoginKind.WINDOWS, null), server))
                .contains("takes the Windows account", System.getProperty("os.name"))
                .contains("Use kerberos");
        assertNobodyLoggedIn();
    }

    @Test
    void aMissingTicketOfKerberosIsNoMatterOfTls() throws Exception {
        TdsServer server = server(Encryption.MANDATORY, certificates.valid(), welcoming);
        assertThat(refusalOf(new Login(LoginKind.KERBEROS, null), server))
                .contains("Kerberos let nobody log in", "klist", "kinit", "MSSQLSvc")
                .doesNotContain("TLS");
        assertThat(refusalOf(new Login(LoginKind.KERBEROS, "dba@EXAMPLE.ORG"), server))
                .contains("Kerberos let nobody log in", "the principal dba@EXAMPLE.ORG")
                .doesNotContain("klist");
        assertNobodyLoggedIn();
    }

    @Test
    void aHostThatNobodyKnowsIsTold() {
        assertThat(
                        refusal(
                                settings(
                                        "no-such-host.invalid",
                                        0,
                                        null,
                                        Encryption.MANDATORY,
                                        null,
                                        null)))
                .isEqualTo(
                        "prod (no-such-host.invalid): there is no host of this name. Check it for"
                                + " typing errors.");
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void aPortWhereNobodyListensHasItsOwnAdvice(Encryption encryption) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(refusal(settings(encryption, port)))
                .contains("port %d takes no connection".formatted(port))
                .contains("TCP/IP enabled", "1433", "SQL Server Browser");
    }

    @Test
    void anInstanceWhosePortNobodyTellsHasItsOwnAdvice() {
        assertThat(refusal(settings(LOCALHOST, 0, "DEV", Encryption.MANDATORY, null, null)))
                .startsWith("prod (instance DEV on 127.0.0.1): SQL Server Browser did not tell")
                .contains("UDP port 1434", "give the instance's port");
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void aServerWithoutTlsGetsNoPassword(Encryption encryption) throws Exception {
        TdsServer server = TdsServer.start(welcoming);
        open.add(server);
        assertThat(refusal(settings(encryption, server.port())))
                .contains(
                        encryption == Encryption.STRICT
                                ? "no TLS came about"
                                : "one whose TLS does not work");
        assertNobodyLoggedIn();
    }

    @ParameterizedTest
    @CsvSource({"MANDATORY, false", "MANDATORY, true", "STRICT, false", "STRICT, true"})
    void aServerThatHangsUpIsTold(Encryption encryption, boolean reset) throws Exception {
        ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        open.add(socket);
        Thread.ofVirtual().start(() -> hangUp(socket, reset));
        assertThat(refusal(settings(encryption, socket.getLocalPort())))
                .containsPattern("no (TLS|connection) came")
                .containsPattern("SQL Server's port|SQL Server 2022");
    }

    private static void hangUp(ServerSocket listening, boolean reset) {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                if (reset) {
                    client.setSoLinger(true, 0);
                } else {
                    // what is unread would make it a reset
                    client.getInputStream().read(new byte[8192]);
                }
            } catch (IOException e) {
                // the client has gone, or the test is over
            }
        }
    }

    @Test
    void aLoginThatTakesTooLongIsGivenUp() throws Exception {
        TdsServer server =
                server(
                        Encryption.MANDATORY,
                        certificates.valid(),
                        new Handler() {
                            @Override
                            public void login(dev.sluice.tds.Login login, Reply reply)
                                    throws Exception {
                                reply.stopped().get(30, TimeUnit.SECONDS);
                            }

                            @Override
                            public void batch(Request request, Reply reply) {}
                        });
        assertSilent(pinned(Encryption.MANDATORY, server.port(), certificates.valid()));
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        open.add(silent);
        assertSilent(settings(Encryption.MANDATORY, silent.getLocalPort()));
    }

    private static void assertSilent(ConnectionSettings settings) {
        Connector hasty = new Connector(settings, Duration.ofSeconds(1));
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> hasty.connect(PASSWORD).close());
        assertThat(told(new ConnectFailure("prod", settings, failure).exception()))
                .contains("did not answer in time", "firewall");
    }
}
