package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobState;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.sets.SetRow;
import dev.sluice.ui.shell.Page;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.TitledPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Works the window with its keys. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each test
class KeysTest {

    private static final Map<KeyCode, Page> PAGES =
            Map.of(
                    KeyCode.DIGIT1, Page.HOME,
                    KeyCode.DIGIT2, Page.BACKUP,
                    KeyCode.DIGIT3, Page.SETS,
                    KeyCode.DIGIT4, Page.RESTORE,
                    KeyCode.DIGIT5, Page.JOB,
                    KeyCode.DIGIT6, Page.HISTORY,
                    KeyCode.DIGIT7, Page.DOCTOR,
                    KeyCode.COMMA, Page.SETTINGS);

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private Stage stage;
    private WindowParts parts;
    private Hands hands;
    private FxRobot robot;

    @Start
    void open(Stage shown) throws Exception {
        Folders folders = Folders.under(home);
        server = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(server));
        SampleDatabase.create(server, SampleDatabase.NAME, 1 << 20);
        stage = shown;
        parts =
                SluiceWindow.open(engine, home.resolve("backups"), new QuietDesktop(), stage)
                        .parts();
    }

    @BeforeEach
    void waitForTheDatabases(FxRobot robot) throws TimeoutException {
        this.robot = robot;
        hands = new Hands(robot);
        hands.until(() -> parts.backup().good().get());
    }

    @AfterEach
    void end() {
        engine.close();
        robot.interact(stage::hide);
        server.close();
    }

    @Test
    void theKeysLeadToThePagesAndTheButtonsTellWhichTheyAre() {
        add(new ScriptedJob());
        for (Map.Entry<KeyCode, Page> way : PAGES.entrySet()) {
            type(KeyCode.CONTROL, way.getKey());
            assertThat(parts.shell().page().get()).isEqualTo(way.getValue());
            Control button = (Control) hands.node("#" + way.getValue().id());
            assertThat(button.getTooltip().getText())
                    .endsWith("(Ctrl+%s)".formatted(way.getKey().getChar()));
        }
    }

    @Test
    void theKeyThatCancelsIsOfTheJobLookedAtThoughAnEndedOneIsOnTop() {
        ScriptedJob first = new ScriptedJob();
        ScriptedJob second = new ScriptedJob();
        ScriptedJob ended = new ScriptedJob();
        ended.be(ScriptedJob.streaming(1, 4).state(JobState.COMPLETED));
        JobViewModel older = add(first);
        add(second);
        JobViewModel newest = add(ended);

        type(KeyCode.CONTROL, KeyCode.PERIOD);
        assertThat(first.cancels() + second.cancels()).as("nobody knows which").isZero();

        robot.interact(() -> parts.shell().show(older));
        type(KeyCode.CONTROL, KeyCode.PERIOD);
        assertThat(first.cancels()).isEqualTo(1);
        assertThat(second.cancels()).isZero();

        robot.interact(() -> parts.shell().show(newest));
        type(KeyCode.CONTROL, KeyCode.PERIOD);
        assertThat(second.cancels()).as("the only one that can be").isEqualTo(1);
    }

    @Test
    void thePagesThatLookAgainDoSoByOneKey() throws Exception {
        for (Page page : List.of(Page.HOME, Page.SETS, Page.RESTORE, Page.HISTORY, Page.DOCTOR)) {
            robot.interact(() -> parts.shell().page().set(page));
            if (page == Page.RESTORE) {
                hands.press("#restore-from-folder");
            }
            hands.until(() -> shownToLookAgain() != null);
            List<String> pressed = new ArrayList<>();
            Button button = Objects.requireNonNull(shownToLookAgain());
            hands.until(() -> !button.isDisabled());
            robot.interact(() -> button.setOnAction(event -> pressed.add(button.getId())));
            type(KeyCode.F5);
            assertThat(pressed).as("on %s", page).containsExactly(button.getId());
        }
    }

    @Test
    void theQuestionOnClosingGoesWithTheLastJobAndTheWindowWithIt() throws Exception {
        ScriptedJob first = new ScriptedJob();
        ScriptedJob second = new ScriptedJob();
        add(first);
        add(second);
        FxThread.later(
                () -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        hands.untilAsked();
        assertThat(hands.text(".header-panel .label")).isEqualTo("2 jobs are running");
        first.be(ScriptedJob.streaming(1, 4).state(JobState.COMPLETED));
        hands.until(() -> hands.text(".header-panel .label").equals("A job is running"));
        assertThat(stage.isShowing()).isTrue();
        second.be(ScriptedJob.streaming(1, 4).state(JobState.COMPLETED));
        hands.until(() -> !stage.isShowing());
        assertThat(robot.lookup("#prompt-yes").tryQuery()).isEmpty();
    }

    @Test
    void theMarkedKeyOpensAndClosesTheOptions() {
        hands.press("#page-backup");
        TitledPane more = (TitledPane) hands.node("#more-options");
        Node title = more.lookup(".title");
        Object before = ((Region) title).getBorder();
        type(KeyCode.ALT, KeyCode.M);
        assertThat(more.isExpanded()).isTrue();
        assertThat(more.isFocused()).isTrue();
        assertThat(((Region) title).getBorder()).as("the focus is seen").isNotEqualTo(before);
        type(KeyCode.ALT, KeyCode.M);
        assertThat(more.isExpanded()).isFalse();
    }

    @Test
    void aBackupIntoAnotherFolderIsFoundAmongTheSetsUnlessTheirFolderWasTyped() throws Exception {
        backUpInto("elsewhere");
        type(KeyCode.CONTROL, KeyCode.DIGIT3);
        hands.until(() -> parts.sets().rows().size() == 1);
        assertThat(hands.text("#sets-folder")).endsWith("elsewhere");
        type(KeyCode.CONTROL, KeyCode.DIGIT2);
        hands.until(() -> hands.text("#destination-hint").contains("exists"));

        hands.press("#page-sets");
        hands.type("#sets-folder", home.toString());
        backUpInto("a third");
        assertThat(hands.text("#sets-folder")).isEqualTo(home.toString());
    }

    /** No mouse, and no field that is filled from behind. */
    @Test
    void backsUpVerifiesAndRestoresWithTheKeysAlone() throws Exception {
        type(KeyCode.CONTROL, KeyCode.DIGIT2);
        fill("#devices-field", "2");
        fill("#destination", home.resolve("by keys").toString());
        hands.until(() -> parts.backup().ready().get());
        type(KeyCode.ENTER);
        untilCompleted(JobKind.BACKUP);

        type(KeyCode.CONTROL, KeyCode.DIGIT3);
        hands.until(() -> parts.sets().rows().size() == 1);
        tabTo("#sets");
        type(KeyCode.DOWN);
        tabTo("#verify-set");
        type(KeyCode.SPACE);
        hands.until(() -> parts.sets().rows().getFirst().state() == SetRow.State.VERIFIED);

        type(KeyCode.CONTROL, KeyCode.DIGIT4);
        hands.until(() -> parts.restore().mayGoOn().get());
        type(KeyCode.ALT, KeyCode.RIGHT);
        hands.until(() -> !parts.restore().look().running().get());
        assertThat(hands.node("#restore-target").isFocused()).isTrue();
        robot.write("Copy by keys");
        hands.until(() -> parts.restore().mayGoOn().get());
        type(KeyCode.ENTER);
        hands.until(() -> hands.node("#restore-start").isFocused());
        type(KeyCode.ENTER);
        hands.untilAsked();
        tabTo("#prompt-yes");
        type(KeyCode.SPACE);
        untilCompleted(JobKind.RESTORE);
        hands.until(() -> parts.home().databases().size() == 2);
    }

    private void untilCompleted(JobKind kind) throws TimeoutException {
        hands.until(
                () ->
                        parts.jobs().jobs().stream()
                                .anyMatch(
                                        job ->
                                                job.kind().get() == kind
                                                        && job.state().get()
                                                                == JobState.COMPLETED));
    }

    private void fill(String query, String text) {
        tabTo(query);
        type(KeyCode.CONTROL, KeyCode.A);
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(hands.text(query)).isEqualTo(text);
    }

    private void tabTo(String query) {
        for (int i = 0; i < 80 && !hands.node(query).isFocused(); i++) {
            type(KeyCode.TAB);
        }
        assertThat(hands.node(query).isFocused()).as("Tab leads to %s", query).isTrue();
    }

    private void backUpInto(String folder) throws TimeoutException {
        int before = parts.jobs().jobs().size();
        type(KeyCode.CONTROL, KeyCode.DIGIT2);
        hands.type("#destination", home.resolve(folder).toString());
        hands.until(() -> hands.text("#destination-hint").contains("will be made"));
        hands.press("#back-up");
        hands.until(
                () ->
                        parts.jobs().jobs().size() > before
                                && parts.jobs().jobs().getFirst().state().get()
                                        == JobState.COMPLETED
                                && parts.jobs().running().get() == 0);
    }

    @Test
    void theLogShowsItsEndUnlessTheUserScrolledAwayFromIt() throws Exception {
        ScriptedJob script = new ScriptedJob();
        robot.interact(() -> parts.shell().show(add(script)));
        grow(script, 60, JobState.STREAMING);
        untilLastSeen(59);
        robot.interact(() -> parts.shell().page().set(Page.HOME));
        grow(script, 120, JobState.STREAMING);
        robot.interact(() -> parts.shell().page().set(Page.JOB));
        untilLastSeen(119);
        robot.interact(() -> hands.node("#log").requestFocus());
        robot.type(KeyCode.END);
        robot.interact(() -> flow().scrollPixels(-0.7 * flow().getLastVisibleCell().getHeight()));
        assertThat(lastSeen()).as("its upper edge is still in view").isEqualTo(119);
        robot.type(KeyCode.SHIFT);
        WaitForAsyncUtils.waitForFxEvents();
        grow(script, 150, JobState.STREAMING);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lastSeen()).isLessThan(125);
        robot.type(KeyCode.END);
        untilLastSeen(149);
        grow(script, 180, JobState.COMPLETED);
        untilLastSeen(179);

        robot.interact(() -> hands.node("#log").requestFocus());
        robot.type(KeyCode.HOME);
        hands.until(() -> lastSeen() < 100);
        robot.interact(() -> parts.shell().page().set(Page.HOME));
        robot.interact(() -> parts.shell().page().set(Page.JOB));
        robot.interact(() -> stage.setHeight(stage.getHeight() - 20));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lastSeen()).isLessThan(100);
        robot.interact(() -> hands.node("#log").requestFocus());
        robot.type(KeyCode.END);
        untilLastSeen(179);
    }

    private void grow(ScriptedJob job, int lines, JobState state) {
        job.be(ScriptedJob.streaming(4, 16).lines(lines).state(state));
        robot.interact(() -> parts.jobs().sample());
    }

    private void untilLastSeen(int line) throws TimeoutException {
        hands.until(() -> lastSeen() == line);
    }

    private int lastSeen() {
        return flow().getLastVisibleCell().getIndex();
    }

    private VirtualFlow<?> flow() {
        return (VirtualFlow<?>) hands.node("#log").lookup(".virtual-flow");
    }

    private @Nullable Button shownToLookAgain() {
        return stage.getScene().getRoot().lookupAll(".look-again").stream()
                .filter(KeysTest::isShown)
                .map(Button.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    private void type(KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private JobViewModel add(ScriptedJob job) {
        robot.interact(() -> parts.jobs().add(job));
        return parts.jobs().jobs().getFirst();
    }
}
