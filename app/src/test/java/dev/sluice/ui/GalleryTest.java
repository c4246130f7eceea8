package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.RunStory;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.TestRuns;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.FxmlView;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.restore.PaperDesk;
import dev.sluice.ui.restore.StopModel;
import dev.sluice.ui.restore.TargetViewModel;
import dev.sluice.ui.running.BufferMap;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.shell.Page;
import dev.sluice.words.Told;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Every state of a job, in both themes, as pictures. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made on the FX thread, before each test
class GalleryTest {

    @TempDir private Path home;
    private WindowParts parts;
    private Scene scene;
    private RunHistory history;
    private final PaperDesk desk = new PaperDesk("embedded", "production", "prod");

    @Start
    void start(Stage stage) {
        SluiceEngine engine =
                new SluiceEngine(
                        Folders.under(home),
                        List.of(
                                new SilentServer("production"),
                                new FixedServer(
                                        "embedded",
                                        List.of(
                                                new DatabaseInfo(
                                                        "SluiceSample",
                                                        DatabaseInfo.State.ONLINE,
                                                        "SIMPLE",
                                                        3_221_225_472L,
                                                        false,
                                                        true,
                                                        false),
                                                new DatabaseInfo(
                                                        "SampleCopy",
                                                        DatabaseInfo.State.RESTORING,
                                                        "SIMPLE",
                                                        3_221_225_472L,
                                                        false,
                                                        true,
                                                        false))),
                                FixedServer.agency(),
                                new FixedServer(
                                        "archive",
                                        List.of(
                                                new DatabaseInfo(
                                                        "Contracts",
                                                        DatabaseInfo.State.ONLINE,
                                                        "FULL",
                                                        7L << 30,
                                                        false,
                                                        true,
                                                        true)),
                                        FixedServer.refused())));
        history = engine.history();
        Texts texts = Texts.load();
        parts =
                new WindowParts(
                        engine,
                        desk,
                        home.resolve("backups"),
                        new SameThread(),
                        new SilentPrompts(),
                        texts,
                        Settings.DEFAULT);
        scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        stage.setScene(scene);
        stage.show();
        parts.start();
    }

    private void keepSomeHistory(FxRobot robot) {
        Instant started = Instant.now();
        for (Outcome outcome : List.of(Outcome.CANCELLED, Outcome.FAILED, Outcome.COMPLETED)) {
            started = started.minus(Duration.ofHours(3));
            HistoryRows.keep(
                    Folders.under(home),
                    HistoryRows.backup("embedded", "SluiceSample", outcome, started));
        }
        robot.interact(parts.home()::refresh);
    }

    @Test
    void everyStateOfAJobHasALookOfItsOwn(FxRobot robot) {
        for (Theme theme : Theme.values()) {
            for (JobState state : JobState.values()) {
                ScriptedJob job = new ScriptedJob();
                robot.interact(() -> show(theme, job, state));
                picture(
                        robot,
                        "job-"
                                + state.name().toLowerCase(Locale.ROOT)
                                + "-"
                                + theme.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(job().strip()).isNotEmpty();
    }

    @Test
    void manyJobsScrollAndLeaveThePageItsRoom(FxRobot robot) {
        for (int job = 0; job < 12; job++) {
            robot.interact(() -> show(Theme.LIGHT, new ScriptedJob(), JobState.STREAMING));
        }
        picture(robot, "jobs-many");
        ScrollPane bars = robot.lookup("#job-bars").queryAs(ScrollPane.class);
        assertThat(bars.getHeight()).isEqualTo(scene.getHeight() / 4);
        List<Node> cancels = List.copyOf(robot.lookup("#cancel-job").queryAll());
        assertThat(cancels).hasSize(12);
        assertThat(isInSight(bars, cancels.getFirst())).isTrue();
        assertThat(isInSight(bars, cancels.getLast())).isFalse();

        robot.interact(cancels.getFirst()::requestFocus);
        for (int button = 0; scene.getFocusOwner() != cancels.getLast(); button++) {
            assertThat(button).as("Tab goes from bar to bar").isLessThan(24);
            robot.type(KeyCode.TAB);
        }
        assertThat(isInSight(bars, cancels.getLast())).isTrue();

        robot.interact(() -> parts.jobs().select(parts.jobs().jobs().get(5)));
        assertThat(isInSight(bars, cancels.get(5))).isTrue();
        assertThat(isInSight(bars, cancels.getLast())).isFalse();
    }

    private static boolean isInSight(ScrollPane bars, Node node) {
        Bounds inside = bars.sceneToLocal(node.localToScene(node.getLayoutBounds()));
        return bars.getLayoutBounds().contains(inside);
    }

    private void show(Theme theme, ScriptedJob job, JobState state) {
        theme.apply(scene);
        parts.jobs().add(job);
        switch (state) {
            case CANCELLING ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .drain(ScriptedJob.draining())
                                    .devices(
                                            List.of(
                                                    ScriptedJob.device(
                                                            0,
                                                            DeviceState.IN_IO,
                                                            Duration.ofSeconds(7)),
                                                    ScriptedJob.device(
                                                            1,
                                                            DeviceState.ABORTED,
                                                            Duration.ofSeconds(4)))));
            case CANCELLED ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .drain(ScriptedJob.drained())
                                    .told(
                                            Told.of(
                                                    "end.cancelled",
                                                    backup(),
                                                    Told.of("by.user"),
                                                    Told.of("left.onlyRead"))));
            case FAILED ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .told(
                                            Told.lines(
                                                    Told.of(
                                                            "end.failed",
                                                            backup(),
                                                            "Msg 3013, Level 16, State 1: BACKUP"
                                                                    + " DATABASE is terminating"
                                                                    + " abnormally."),
                                                    Told.of("left.onlyRead"))));
            case COMPLETED ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .told(
                                            Told.of(
                                                    "end.backup",
                                                    backup(),
                                                    new Told.Bytes(1_200_000_000),
                                                    4,
                                                    "/backups/SluiceSample")));
            default -> job.be(ScriptedJob.streaming(4, 16).state(state));
        }
        job().sample();
        parts.shell().page().set(Page.JOB);
    }

    private static Told backup() {
        return Told.of("title.backup", BackupType.FULL, "SluiceSample", "embedded", "/backups");
    }

    @ParameterizedTest
    @EnumSource(
            value = FxmlView.class,
            mode = EnumSource.Mode.EXCLUDE,
            // a job's own, which its other tests load
            names = {"JOB_BAR", "RUNNING"})
    void everyViewLoads(FxmlView view, FxRobot robot) {
        robot.interact(() -> assertThat(parts.loader().load(view)).isNotNull());
    }

    @Test
    void everyControlTellsItsName(FxRobot robot) {
        List<String> nameless = new ArrayList<>();
        robot.interact(
                () -> {
                    parts.jobs().add(new ScriptedJob());
                    for (Page page : Page.values()) {
                        parts.shell().page().set(page);
                    }
                    scene.getRoot().applyCss();
                    for (Node node : scene.getRoot().lookupAll("*")) {
                        if (isNameless(node)) {
                            nameless.add(node.toString());
                        }
                    }
                });
        assertThat(nameless).isEmpty();
    }

    private static boolean isNameless(Node node) {
        boolean silent = node.getAccessibleText() == null || node.getAccessibleText().isBlank();
        return switch (node) {
            case ButtonBase button ->
                    silent && button.getText().isBlank() && button.getId() != null;
            case TextInputControl field -> silent && field.isEditable();
            case TableView<?> table -> silent;
            case ListView<?> list -> silent && !isPopupOfAChoice(list);
            case ComboBox<?> choice -> silent;
            case ProgressBar bar -> silent;
            case BufferMap map -> silent && map.getId() != null;
            default -> false;
        };
    }

    private static boolean isPopupOfAChoice(ListView<?> list) {
        return "list-view".equals(list.getId());
    }

    @Test
    void theSmallestWindowCutsNothingOff(FxRobot robot) {
        keepSomeHistory(robot);
        ScriptedJob job = new ScriptedJob();
        robot.interact(
                () -> {
                    scene.getWindow().setWidth(1024);
                    scene.getWindow().setHeight(700);
                    job.be(ScriptedJob.streaming(4, 64));
                    parts.jobs().add(job);
                    parts.shell().page().set(Page.JOB);
                });
        picture(robot, "smallest-job");
        robot.interact(
                () -> {
                    job.be(
                            ScriptedJob.streaming(4, 64)
                                    .state(JobState.CANCELLING)
                                    .drain(ScriptedJob.draining()));
                    parts.jobs().sample();
                });
        picture(robot, "smallest-drain");
        assertThat(robot.lookup(".half").queryAllAs(Region.class))
                .extracting(Region::getHeight)
                .as("the cards beside each other")
                .hasSize(2)
                .containsOnly(robot.lookup(".half").<Region>query().getHeight());
        TableView<?> devices = robot.lookup("#devices").queryTableView();
        assertThat(devices.getVisibleLeafColumns())
                .as("all but the names of the files, though the page scrolls")
                .hasSize(devices.getColumns().size() - 1);
        robot.interact(() -> parts.shell().page().set(Page.HOME));
        picture(robot, "smallest-home");
        robot.interact(() -> parts.shell().page().set(Page.BACKUP));
        picture(robot, "smallest-backup");
        robot.interact(() -> parts.shell().page().set(Page.SETS));
        picture(robot, "smallest-sets");
        Node cancel = robot.lookup("#cancel-job").query();
        assertThat(scene.getRoot().getLayoutBounds().contains(inScene(cancel))).isTrue();
        assertThat(((Labeled) cancel).getWidth()).isGreaterThanOrEqualTo(cancel.prefWidth(-1) - 1);
    }

    private static Bounds inScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    @Test
    void manyBuffersAndDevicesStayLegible(FxRobot robot) {
        for (int buffers : new int[] {4, 64, 1_000}) {
            ScriptedJob job = new ScriptedJob();
            robot.interact(
                    () -> {
                        job.be(ScriptedJob.streaming(buffers == 1_000 ? 64 : 4, buffers));
                        parts.shell().show(parts.jobs().add(job));
                    });
            for (Theme theme : Theme.values()) {
                robot.interact(() -> theme.apply(scene));
                picture(robot, "buffers-" + buffers);
                robot.interact(
                        () -> robot.lookup("#running-page").<ScrollPane>query().setVvalue(1));
                picture(robot, "map-" + buffers + "-" + theme.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(job().devices()).hasSize(64);
    }

    @Test
    void aChangeIsDrawnWithoutPicturesOfLargeParts(FxRobot robot) {
        ScriptedJob job = new ScriptedJob();
        job.be(ScriptedJob.streaming(64, 1_000));
        robot.interact(() -> parts.shell().show(parts.jobs().add(job)));
        for (String part : List.of("#running-page", "#job-bars")) {
            List<Node> nodes = List.copyOf(robot.lookup(part).query().lookupAll("*"));
            assertThat(nodes).hasSizeGreaterThan(5).noneMatch(Node::isCache);
            assertThat(nodes).noneMatch(GalleryTest::isLargeWithSeveralFills);
        }
    }

    /** The software renderer stretches a picture over it whenever anything on it changes. */
    private static boolean isLargeWithSeveralFills(Node node) {
        return node instanceof Region region
                && region.getWidth() * region.getHeight() > 10_000
                && region.getBackground() != null
                && region.getBackground().getFills().size() > 1;
    }

    @Test
    void theLegendHasTheUsesThatTheLibraryTellsApart(FxRobot robot) {
        ScriptedJob job = new ScriptedJob();
        robot.interact(() -> parts.shell().show(parts.jobs().add(job)));
        assertThat(buffersInWords(robot))
                .contains("free", "server", "queued", "held", "hashing", "writing");

        job.be(ScriptedJob.streaming(4, 16).withUnknownQueues());
        robot.interact(parts.jobs()::sample);

        assertThat(buffersInWords(robot))
                .contains("server", "held", "hashing", "writing")
                .doesNotContain("free", "queued");
    }

    private static String buffersInWords(FxRobot robot) {
        return robot.lookup("#buffer-map").query().getAccessibleText();
    }

    @Test
    void homeTellsWhoMadeTheLastBackups(FxRobot robot) {
        ListView<?> list = robot.lookup("#home-list").query();
        for (Theme theme : Theme.values()) {
            robot.interact(
                    () -> {
                        theme.apply(scene);
                        list.scrollTo(list.getItems().size() - 1);
                    });
            picture(robot, "home-sources-" + theme.name().toLowerCase(Locale.ROOT));
        }
        assertThat(robot.lookup("#record-note").queryAllAs(Labeled.class))
                .filteredOn(Node::isVisible)
                .extracting(Labeled::getText)
                .containsExactly(Texts.load().get("home.record.notPermitted"));
    }

    @Test
    void thePagesWithoutAJob(FxRobot robot) {
        keepSomeHistory(robot);
        for (Theme theme : Theme.values()) {
            for (Page page :
                    List.of(Page.HOME, Page.SERVER, Page.BACKUP, Page.SETS, Page.RESTORE)) {
                robot.interact(
                        () -> {
                            theme.apply(scene);
                            parts.shell().page().set(page);
                        });
                picture(
                        robot,
                        "page-"
                                + page.name().toLowerCase(Locale.ROOT)
                                + "-"
                                + theme.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(parts.backup().good().get()).isTrue();
    }

    @Test
    void theFormOfABackupIsLegibleWithEverythingOpen(FxRobot robot) {
        robot.interact(() -> parts.shell().page().set(Page.BACKUP));
        WaitForAsyncUtils.waitForFxEvents();
        TitledPane more = robot.lookup("#more-options").query();
        ScrollPane form = robot.lookup("#backup-page > .scroll-pane").query();
        for (Theme theme : Theme.values()) {
            String suffix = theme.name().toLowerCase(Locale.ROOT);
            robot.interact(
                    () -> {
                        theme.apply(scene);
                        parts.backup().edit("nightly", everyOption());
                        more.setExpanded(true);
                        parts.backup().showStatements();
                        form.setVvalue(0);
                    });
            picture(robot, "backup-options-top-" + suffix);
            robot.interact(() -> form.setVvalue(1));
            picture(robot, "backup-options-end-" + suffix);
        }
        double width = form.getContent().getLayoutBounds().getWidth();
        assertThat(width).as("nothing is cut off").isLessThan(form.getWidth());
        assertThat(parts.backup().statements().statements()).hasSize(2);
        robot.interact(
                () -> {
                    form.setVvalue(0);
                    parts.backup().type().set(BackupType.LOG);
                    parts.backup().devices().text().set("65");
                    parts.backup().options().limitRate().text().set("fast");
                });
        picture(robot, "backup-log-wrong");
        assertThat(robot.lookup("#no-recovery").query().isVisible()).isTrue();
    }

    private BackupRequest everyOption() {
        return new BackupRequest(
                "embedded",
                List.of("SluiceSample", "SampleCopy"),
                BackupType.FULL,
                new Scope.Files(List.of("Data", "Data2"), List.of("PRIMARY")),
                new BackupStatement.Options(
                        true,
                        true,
                        true,
                        Compression.of("zstd:low"),
                        new TransferOptions(4096, 20, 262144),
                        5,
                        "weekend",
                        "before the move",
                        TailLog.NONE),
                home.resolve("backups"),
                8,
                20 << 20);
    }

    @Test
    void theDoctorAndTheSettingsAreLegible(FxRobot robot) {
        for (Theme theme : Theme.values()) {
            for (Page page : List.of(Page.DOCTOR, Page.SETTINGS)) {
                robot.interact(
                        () -> {
                            theme.apply(scene);
                            parts.shell().page().set(page);
                        });
                picture(
                        robot,
                        "page-"
                                + page.name().toLowerCase(Locale.ROOT)
                                + "-"
                                + theme.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(robot.lookup("#doctor-summary").queryLabeled().getText()).contains("checks");
        assertThat(robot.lookup("#about-versions").queryLabeled().getText()).contains("JavaFX");
        assertThat(robot.lookup("#about-library").queryLabeled().getText()).isNotBlank();
        robot.interact(
                () -> {
                    scene.getWindow().setWidth(1024);
                    scene.getWindow().setHeight(700);
                });
        picture(robot, "smallest-settings");
    }

    @Test
    void theHistoryTellsTheWholeStoryOfARun(FxRobot robot) throws Exception {
        fillHistory(300);
        for (Theme theme : Theme.values()) {
            robot.interact(
                    () -> {
                        theme.apply(scene);
                        parts.shell().page().set(Page.HISTORY);
                        parts.history().select("run-00003");
                    });
            picture(robot, "history-" + theme.name().toLowerCase(Locale.ROOT));
        }
        assertThat(robot.lookup("#story-result").queryLabeled().getText()).contains("CANCELLED");
        robot.interact(
                () -> {
                    scene.getWindow().setWidth(1024);
                    scene.getWindow().setHeight(700);
                });
        picture(robot, "smallest-history");
        robot.interact(() -> parts.history().text().set("Database 7"));
        assertThat(parts.history().count().get()).isEqualTo("30 of 300");
        robot.interact(() -> parts.history().selected().set(null));
        picture(robot, "history-filtered");
    }

    private void fillHistory(int runs) throws Exception {
        Instant now = Instant.now();
        RunRecord.Outcome[] outcomes = {
            RunRecord.Outcome.COMPLETED,
            RunRecord.Outcome.COMPLETED,
            RunRecord.Outcome.FAILED,
            RunRecord.Outcome.CANCELLED
        };
        List<JobEvent> events = new ScriptedJob().snapshot().events();
        for (int i = 0; i < runs; i++) {
            TestRuns.keep(
                    history,
                    TestRuns.backup(
                            "run-%05d".formatted(i),
                            "Database " + i % 10,
                            outcomes[i % outcomes.length],
                            now.minus(Duration.ofMinutes(i * 17L))),
                    new RunStory(
                            events,
                            i % 4 == 3 ? ScriptedJob.drained() : List.of(),
                            List.of(
                                    new RunStory.Device(
                                            "Sluice-1",
                                            Path.of("/srv/backups/stripe-01.bak"),
                                            1_234_567_890L)),
                            List.of(
                                    new RunStory.Moved(Duration.ZERO, 0),
                                    new RunStory.Moved(Duration.ofSeconds(10), 300_000_000L),
                                    new RunStory.Moved(Duration.ofSeconds(20), 1_000_000_000L),
                                    new RunStory.Moved(Duration.ofSeconds(30), 1_100_000_000L),
                                    new RunStory.Moved(Duration.ofSeconds(40), 1_234_567_890L)),
                            "sluice backup --server=prod '--database=Database "
                                    + i % 10
                                    + "' --to=/srv/backups --type=full --devices=4"
                                    + " --limit-rate=80000000"));
        }
    }

    @Test
    void theGuidedRestoreIsLegibleStepByStep(FxRobot robot) {
        desk.sets.addAll(PaperDesk.twoDays(now()));
        Path newest = desk.sets.getLast().directory();
        Path before = desk.sets.get(desk.sets.size() - 2).directory();
        Instant at = Instant.now();
        desk.verifications.add(
                HistoryRows.ofSet(JobKind.CHECK, Outcome.FAILED, newest, at, "window", null));
        desk.verifications.add(
                HistoryRows.ofSet(
                        JobKind.VERIFICATION, Outcome.COMPLETED, before, at, "window", null));
        for (Theme theme : Theme.values()) {
            String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
            robot.interact(
                    () -> {
                        theme.apply(scene);
                        parts.shell().page().set(Page.RESTORE);
                        parts.restore().restore("prod", "Sales");
                        parts.restore().source().goBack(Duration.ofMinutes(10));
                    });
            picture(robot, "restore-moment" + suffix);
            StopModel stops = parts.restore().source().stops();
            robot.interact(() -> stops.kind().set(StopModel.Kind.BEFORE_MARK));
            robot.interact(() -> stops.mark().text().set("before deploy"));
            picture(robot, "restore-mark" + suffix);
            TitledPane all = (TitledPane) robot.lookup("#restore-all-sets").query();
            robot.interact(() -> all.setExpanded(true));
            TableView<?> sets = robot.lookup("#restore-sets").queryTableView();
            robot.interact(() -> sets.getSelectionModel().select(0));
            ScrollPane page = (ScrollPane) robot.lookup("#restore-source").query();
            robot.interact(() -> page.setVvalue(1));
            picture(robot, "restore-sets" + suffix);
            robot.interact(() -> all.setExpanded(false));
            robot.interact(() -> stops.kind().set(StopModel.Kind.MOMENT));
            robot.interact(parts.restore()::goOn);
            picture(robot, "restore-target" + suffix);
            robot.interact(parts.restore()::goOn);
            picture(robot, "restore-review" + suffix);
            assertThat(parts.restore().statements().get()).contains("STOPAT");
        }
    }

    @Test
    void theGuidedRestoreFitsTheSmallestWindowAndLargeTexts(FxRobot robot) {
        desk.sets.addAll(PaperDesk.twoDays(now()));
        robot.interact(
                () -> {
                    scene.getWindow().setWidth(1024);
                    scene.getWindow().setHeight(700);
                    parts.appearance().dress(scene);
                    parts.shell().page().set(Page.RESTORE);
                });
        for (int percent : new int[] {100, 200}) {
            String suffix = "-" + percent;
            robot.interact(
                    () -> {
                        parts.settings().textPercent().set(percent);
                        parts.restore().restore("prod", "Sales");
                    });
            picture(robot, "smallest-restore-moment" + suffix);
            robot.interact(parts.restore()::goOn);
            robot.interact(() -> parts.restore().target().name().text().set("Copy"));
            robot.interact(
                    () -> {
                        TargetViewModel target = parts.restore().target();
                        target.move(target.files().getFirst().file(), "E:\\MSSQL\\DATA\\Stock.mdf");
                    });
            picture(robot, "smallest-restore-target" + suffix);
            Node next = robot.lookup("#restore-next").query();
            assertThat(scene.getRoot().getLayoutBounds().contains(inScene(next))).isTrue();
        }
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    }

    private JobViewModel job() {
        return Objects.requireNonNull(parts.jobs().selected().get());
    }

    private void picture(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Screenshots.take(scene, name));
    }
}
