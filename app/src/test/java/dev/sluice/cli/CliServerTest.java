package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.secret.Secret;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.tds.Column;
import dev.sluice.tds.Encryption;
import dev.sluice.tds.Handler;
import dev.sluice.tds.Login;
import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.tds.Request;
import dev.sluice.tds.SqlType;
import dev.sluice.tds.TdsServer;
import dev.sluice.tds.TestCertificates;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class CliServerTest {

    private static final String HUNTER = "hunter2'\"; 🔑 [x]";

    @TempDir private Path folder;

    private TestHome home;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void keepsAServerWithEverythingButItsSecret() {
        assertThat(home.sluice("server add prod --host sql01 --user sa"))
                .isEqualTo(done("Added server \"prod\"; try it with: sluice server test prod\n"));

        assertThat(json(home.sluice("server show prod --json")).toString())
                .isEqualTo(
                        "{\"name\":\"prod\",\"host\":\"sql01\",\"port\":null,\"instance\":null,"
                                + "\"encryption\":\"mandatory\",\"trustedCertificate\":null,"
                                + "\"certificateHost\":null,\"login\":\"sql\",\"user\":\"sa\","
                                + "\"secret\":\"ask\"}");
        assertThat(home.sluice("server show prod").out()).contains("host                sql01\n");
        assertThat(home.sluice("server list").out()).contains("prod", "sql01", "sql sa", "ask");
        assertThat(home.prompts).isEmpty();
    }

    @Test
    void takesEveryOption() {
        home.sluice(
                "server add prod --host 10.0.0.7 --port 1434 --encryption strict"
                        + " --certificate-host sql.example --login kerberos --user b@CORP");
        home.sluice(
                "server add test --host h --instance DEV --login windows --trust-certificate",
                "5E:0B:".repeat(15) + "5E:0B");

        JsonNode servers = json(home.sluice("server list --json"));

        assertThat(servers.get(0).toString())
                .contains(
                        "\"port\":1434",
                        "\"encryption\":\"strict\"",
                        "\"certificateHost\":\"sql.example\"",
                        "\"login\":\"kerberos\"",
                        "\"user\":\"b@CORP\"");
        assertThat(servers.get(1).toString())
                .contains(
                        "\"instance\":\"DEV\"",
                        "\"trustedCertificate\":\"5E:0B:5E:",
                        "\"login\":\"windows\"",
                        "\"user\":null");
    }

    @Test
    void changesOnlyWhatIsGiven() {
        home.sluice("server add prod --host sql01 --port 1434 --user sa --certificate-host x");

        assertThat(home.sluice("server edit prod --instance DEV").code()).isZero();
        assertThat(shown()).contains("\"port\":null", "\"instance\":\"DEV\"", "\"user\":\"sa\"");

        home.sluice("server edit prod --port 0 --trust-certificate", "ab".repeat(32));
        assertThat(shown()).contains("\"instance\":null", "\"AB:AB:", "\"certificateHost\":null");

        home.sluice("server edit prod --trust-certificate none --host sql02 --encryption strict");
        assertThat(shown())
                .contains("\"trustedCertificate\":null", "\"host\":\"sql02\"", "\"strict\"");

        home.sluice("server edit prod --login windows");
        assertThat(shown()).contains("\"login\":\"windows\"", "\"user\":null");

        assertThat(home.sluice("server edit prod --user sa").code())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(home.sluice("server edit prd --host x").err())
                .contains("there is no server \"prd\"; did you mean \"prod\"?");
    }

    private String shown() {
        return json(home.sluice("server show prod --json")).toString();
    }

    @Test
    void keepsAPasswordThatIsTyped() throws Exception {
        home.typed = HUNTER;

        assertSilent(home.sluice("server add prod --host h --user sa --secret store"));

        assertThat(home.prompts).containsExactly("password of \"sa\" on server \"prod\"");
        assertThat(stored()).isEqualTo(HUNTER);
        assertThat(shown()).contains("\"secret\":\"store\"");
    }

    @Test
    void keepsAPasswordFromStandardInputOrAVariable() throws Exception {
        home.input = HUNTER + "\n";
        assertSilent(
                home.sluice("server add prod --host h --user sa --secret store --password-stdin"));
        assertThat(stored()).isEqualTo(HUNTER);

        home.environment.put("PROD_PW", "hunter2 changed");
        assertSilent(home.sluice("server edit prod --password-env PROD_PW"));
        assertThat(stored()).isEqualTo("hunter2 changed");
        assertThat(home.prompts).isEmpty();

        Outcome failed = home.sluice("server edit prod --password-env PRD_PW");
        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err()).contains("PRD_PW, which is not set");
        assertThat(stored()).isEqualTo("hunter2 changed");
    }

    @Test
    void asksAnewWhenTheLoginChangesOrTheUserSaysSo() throws Exception {
        home.typed = "hunter2 one";
        home.sluice("server add prod --host h --user sa --secret store");
        home.sluice("server edit prod --host h2");
        assertThat(home.prompts).hasSize(1);

        home.typed = "hunter2 two";
        home.sluice("server edit prod --user backup");
        assertThat(home.prompts).hasSize(2).last().asString().contains("backup");
        assertThat(stored()).isEqualTo("hunter2 two");

        home.typed = "hunter2 three";
        home.sluice("server edit prod --secret store");
        assertThat(stored()).isEqualTo("hunter2 three");
    }

    @Test
    void aSecretThatIsNoLongerKeptIsRemoved() {
        home.typed = HUNTER;
        home.sluice("server add prod --host h --user sa --secret store");
        assertThat(home.store.keys()).containsExactly("server/prod");
        home.sluice("server edit prod --secret ask");
        assertThat(home.store.keys()).isEmpty();

        home.sluice("server edit prod --secret store");
        home.sluice("server edit prod --login windows");
        assertThat(home.store.keys()).isEmpty();

        home.sluice("server edit prod --login sql --user sa --secret store");
        assertThat(home.sluice("server remove prod")).isEqualTo(done("Removed server \"prod\".\n"));
        assertThat(home.store.keys()).isEmpty();
        assertThat(home.sluice("server list").out()).contains("No server has been added yet");
    }

    @Test
    void nothingIsAddedWhereTheSecretCannotBeHad() {
        home.store.block("it is locked away. Have it asked for.");
        home.typed = HUNTER;
        Outcome blocked = home.sluice("server add prod --host h --user sa --secret store");
        assertThat(blocked.code()).isEqualTo(ExitCode.FAILED);
        assertThat(blocked.err()).contains("cannot be kept: it is locked away");
        assertThat(home.prompts).isEmpty();
        assertThat(json(home.sluice("server list --json")).isEmpty()).isTrue();
    }

    @Test
    void nothingIsAddedWhereNobodyAnswers() {
        Outcome alone = home.sluice("server add prod --host h --user sa --secret store");
        assertThat(alone.code()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.err()).contains("password of \"sa\"", "no terminal", "--password-stdin");
        assertThat(json(home.sluice("server list --json")).isEmpty()).isTrue();
    }

    @Test
    void aStoreThatFailsIsTold() {
        home.typed = HUNTER;
        home.store.fail("the keyring stayed locked");
        Outcome added = home.sluice("server add prod --host h --user sa --secret store");
        assertThat(added.code()).isEqualTo(ExitCode.FAILED);
        assertThat(added.err())
                .contains("the server is saved, but not its secret: the keyring stayed locked");

        Outcome removed = home.sluice("server remove prod");
        assertThat(removed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(removed.err()).contains("is removed, but its secret is not", "locked");
        assertThat(json(home.sluice("server list --json")).isEmpty()).isTrue();
    }

    @Test
    void asksForNothingWhereANameIsTaken() {
        home.typed = HUNTER;
        home.sluice("server add prod --host h --user sa");
        Outcome taken = home.sluice("server add prod --host h --user sa --secret store");
        assertThat(taken.code()).isEqualTo(ExitCode.FAILED);
        assertThat(taken.err()).contains("there is a server \"prod\" already");
        assertThat(home.prompts).isEmpty();
    }

    @Test
    void aDamagedServerIsReportedWhereItIsMissed() throws Exception {
        home.sluice("server add prod --host h --user sa");
        try (Stream<Path> files = Files.list(folder.resolve("home/config/servers"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{");
        }
        Outcome listed = home.sluice("server list");
        assertThat(listed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(listed.err()).contains("it is no JSON");

        Outcome used = home.sluice("databases --server prod");
        assertThat(used.code()).isEqualTo(ExitCode.FAILED);
        assertThat(used.err()).contains("there is no server \"prod\"", "it is no JSON");
    }

    @Test
    void jobsFindAddedServersAndAskForTheirPasswords() throws Exception {
        home.sluice("server add prod --host 127.0.0.1 --user sa --port", freePort());
        home.typed = HUNTER;
        for (String command :
                List.of(
                        "server test prod",
                        "databases --server prod",
                        "backup --server prod --database A --to " + folder.resolve("b"))) {
            home.prompts.clear();
            Outcome failed = home.sluice(command);
            assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
            assertThat(failed.err()).contains("127.0.0.1", "SQL Server");
            assertThat(home.prompts).hasSizeLessThanOrEqualTo(1);
            assertSilent(failed);
        }
    }

    /** What a SQL Server answers that is asked what it is. */
    private static TdsServer sqlServer(TestCertificates.Identity identity, boolean sysadmin)
            throws IOException {
        return TdsServer.start(
                Encryption.REQUIRED,
                identity,
                new Handler() {
                    @Override
                    public void login(Login login, Reply reply) throws Exception {
                        if (!login.matches("sa", HUNTER)) {
                            reply.message(Message.loginFailed(login.user()));
                        }
                    }

                    @Override
                    public void batch(Request request, Reply reply) throws Exception {
                        reply.columns(
                                Stream.of(
                                                "machine instance version edition data log"
                                                        + " login server_address client_address"
                                                        + " sysadmin")
                                        .flatMap(names -> Stream.of(names.split(" ")))
                                        .map(CliServerTest::column)
                                        .toArray(Column[]::new));
                        reply.row(
                                "SQL7",
                                "DEV",
                                "16.0.4125.3",
                                "Developer Edition (64-bit)",
                                null,
                                null,
                                "sa",
                                "127.0.0.1",
                                "127.0.0.1",
                                sysadmin);
                    }
                });
    }

    private static Column column(String name) {
        return new Column(name, name.equals("sysadmin") ? SqlType.BIT : SqlType.nvarchar(128));
    }

    @Test
    void testsAServerWhoseCertificateIsTrustedOnSight() throws Exception {
        TestCertificates.Identity identity =
                new TestCertificates(Files.createDirectory(folder.resolve("ca"))).valid();
        try (TdsServer server = sqlServer(identity, true)) {
            home.sluice("server add prod --host 127.0.0.1 --user sa --port", server.port());
            home.typed = HUNTER;

            Outcome unknown = home.sluice("server test prod");
            assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
            Matcher advice =
                    Pattern.compile("sluice (server edit prod --trust-certificate \\w+)")
                            .matcher(unknown.err());
            assertThat(advice.find()).as(unknown.err()).isTrue();
            assertSilent(unknown);

            assertThat(home.sluice(advice.group(1)).code()).isZero();
            Outcome tested = home.sluice("server test prod --json");
            JsonNode facts = new JsonMapper().readTree(tested.out());
            assertThat(facts.get("machine").asString()).isEqualTo("SQL7");
            assertThat(facts.get("instance").asString()).isEqualTo("DEV");
            assertThat(facts.get("sysadmin").booleanValue()).isTrue();
            // a server at the loopback address that is not this machine is behind a tunnel
            assertThat(facts.get("elsewhere").asString()).contains("SQL7", "own machine only");
            assertThat(tested.err()).contains("But prod runs on SQL7");
            assertSilent(tested);
        }
    }

    @Test
    void testsTellsARefusedPasswordAndAsksForItAnew() throws Exception {
        TestCertificates.Identity identity =
                new TestCertificates(Files.createDirectory(folder.resolve("ca"))).valid();
        try (TdsServer server = sqlServer(identity, false)) {
            home.sluice("server add prod --host 127.0.0.1 --user sa --port", server.port());
            home.sluice(
                    "server edit prod --trust-certificate", Fingerprint.of(identity.certificate()));
            home.typed = "hunter2 mistyped";
            Outcome refused = home.sluice("server test prod");
            assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err()).contains("Msg 18456", "State 1 hides the reason");
            assertSilent(refused);

            home.typed = HUNTER;
            Outcome tested = home.sluice("server test prod");
            assertThat(tested.code()).isZero();
            assertThat(tested.err()).contains("This login is no sysadmin");
            assertThat(home.prompts).hasSize(2);
            assertSilent(tested);
        }
    }

    @Test
    void aSecretThatNobodyNeedsIsRefused() {
        home.input = HUNTER;
        home.sluice("server add prod --host h --login windows");
        for (String server : List.of("prod", "embedded")) {
            Outcome refused = home.sluice("databases --password-stdin --server " + server);
            assertThat(refused.code()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(refused.err()).contains("server \"" + server + "\" takes none");
        }
    }

    @Test
    void aPasswordInTheArgumentsIsRefusedAndNotRepeated() {
        for (String given : List.of("--password hunter2", "--password=hunter2", "--password")) {
            Outcome refused = home.sluice("server add prod --host h --user sa " + given);
            assertThat(refused.code()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(refused.err()).contains("everybody", "--password-stdin");
            assertSilent(refused);
        }
    }

    private static Integer freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String stored() throws Exception {
        try (Secret secret = Objects.requireNonNull(home.store.find("server/prod"))) {
            return new String(secret.characters());
        }
    }

    private static void assertSilent(Outcome outcome) {
        assertThat(outcome.out() + outcome.err()).doesNotContain("hunter2", "🔑");
    }

    private static Outcome done(String out) {
        return new Outcome(ExitCode.DONE, out, "");
    }

    private static JsonNode json(Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return new JsonMapper().readTree(outcome.out());
    }
}
