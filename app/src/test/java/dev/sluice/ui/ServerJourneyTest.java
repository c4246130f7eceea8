package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.AddedServers;
import dev.sluice.job.Folders;
import dev.sluice.job.SecretPolicy;
import dev.sluice.job.ServerDefinition;
import dev.sluice.job.SluiceEngine;
import dev.sluice.secret.MemoryStore;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;
import dev.sluice.sqlserver.SqlServerDouble;
import dev.sluice.ui.shell.Page;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.scene.control.Labeled;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;
import java.util.List;

/** A server is added, tested, trusted and signed in to, over a network and TLS. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class ServerJourneyTest {

    private static SqlServerDouble server;

    @TempDir private Path home;
    private EmbeddedServer embedded;
    private AddedServers added;
    private SluiceEngine engine;
    private Stage stage;
    private WindowParts parts;
    private Hands hands;

    @BeforeAll
    static void startTheServer() throws Exception {
        server = new SqlServerDouble();
        server.addLive("Orders");
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        server.close();
    }

    @Start
    void open(Stage shown) throws Exception {
        Folders folders = Folders.under(home);
        embedded = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        added = new AddedServers(folders, new MemoryStore(), server::nativeLibrary);
        engine = new SluiceEngine(folders, List.of(embedded), added);
        stage = shown;
        stage.setWidth(1024);
        stage.setHeight(700);
        parts =
                SluiceWindow.open(engine, home.resolve("backups"), new QuietDesktop(), stage)
                        .parts();
    }

    @BeforeEach
    void sitDown(FxRobot robot) {
        hands = new Hands(robot);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        engine.close();
        robot.interact(stage::hide);
        added.close();
        embedded.close();
    }

    @Test
    void aServerIsTestedItsCertificateTrustedAndItsDatabasesAreAtHome() throws Exception {
        hands.untilShown("#add-first-server");
        hands.press("#add-first-server");
        assertThat(hands.node("#server-test").isDisabled()).isTrue();
        hands.type("#server-name", "prod");
        hands.type("#server-host", "127.0.0.1");
        hands.type("#server-port", Integer.toString(server.port()));
        hands.type("#server-user", SqlServerDouble.USER);
        test(SqlServerDouble.PASSWORD);
        hands.untilShown("#server-trust");
        assertThat(hands.text("#server-outcome")).contains(server.fingerprint().toString());
        hands.picture("server-certificate");

        hands.press("#server-trust");
        assertThat(hands.text("#server-fingerprint")).isEqualTo(server.fingerprint().toString());
        test("wrong " + SqlServerDouble.PASSWORD);
        hands.until(() -> hands.text("#server-outcome").contains("18456"));
        test(SqlServerDouble.PASSWORD);
        hands.until(() -> parts.server().worked().get());
        assertThat(hands.text("#server-outcome")).contains("16.0.4175.1");
        hands.picture("server-tested");

        hands.press("#server-save");
        hands.until(() -> parts.shell().page().get() == Page.HOME);
        hands.until(this::hasOrders);
        hands.picture("server-at-home");
        assertThat(added.list().found()).extracting(ServerDefinition::name).containsExactly("prod");
    }

    private void test(String password) throws Exception {
        hands.until(() -> !hands.node("#server-test").isDisabled());
        hands.press("#server-test");
        answer(password);
    }

    private void answer(String password) throws Exception {
        hands.untilShown("#secret");
        hands.type("#secret", password);
        hands.press("#prompt-yes");
    }

    @Test
    void signingInAsksForThePasswordUntilItIsRight() throws Exception {
        ConnectionSettings settings =
                new ConnectionSettings(
                        "127.0.0.1",
                        server.port(),
                        null,
                        Encryption.MANDATORY,
                        server.fingerprint(),
                        null,
                        new Login(LoginKind.SQL, SqlServerDouble.USER));
        added.add(new ServerDefinition("prod", settings, SecretPolicy.ASK));
        hands.until(
                () -> {
                    parts.home().refresh();
                    return true;
                });
        hands.untilShown("#sign-in");
        hands.picture("server-locked");
        hands.press("#sign-in");
        answer("wrong " + SqlServerDouble.PASSWORD);
        hands.until(() -> shows(".problem", "18456"));
        assertThat(hasOrders()).isFalse();

        hands.untilShown("#sign-in");
        hands.press("#sign-in");
        answer(SqlServerDouble.PASSWORD);
        hands.until(this::hasOrders);
    }

    private boolean shows(String query, String words) {
        return stage.getScene().getRoot().lookupAll(query).stream()
                .anyMatch(node -> node instanceof Labeled label && label.getText().contains(words));
    }

    private boolean hasOrders() {
        return parts.home().databases().stream()
                .anyMatch(row -> row.server().equals("prod") && row.info().name().equals("Orders"));
    }
}
