package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.shell.Page;

import javafx.scene.Scene;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Every state of a job, in both themes, as pictures. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made on the FX thread, before each test
class GalleryTest {

    @TempDir private Path home;
    private WindowParts parts;
    private Scene scene;

    @Start
    void start(Stage stage) {
        SluiceEngine engine =
                new SluiceEngine(
                        Folders.under(home),
                        List.of(
                                new FixedServer(
                                        "embedded",
                                        List.of(
                                                new DatabaseInfo(
                                                        "SluiceSample",
                                                        DatabaseInfo.State.ONLINE,
                                                        "SIMPLE",
                                                        3_221_225_472L),
                                                new DatabaseInfo(
                                                        "SampleCopy",
                                                        DatabaseInfo.State.RESTORING,
                                                        "SIMPLE",
                                                        3_221_225_472L)))));
        Texts texts = Texts.load();
        parts =
                new WindowParts(
                        new SluiceWindow.Backend(engine, home.resolve("backups"), () -> home),
                        new SameThread(),
                        new SilentPrompts(),
                        texts);
        scene = new Scene(parts.load(), 1280, 800);
        Theme.LIGHT.apply(scene);
        stage.setScene(scene);
        stage.show();
        parts.start();
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
        assertThat(parts.job().strip()).isNotEmpty();
    }

    private void show(Theme theme, ScriptedJob job, JobState state) {
        theme.apply(scene);
        parts.job().watch(job);
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
                                    .result(
                                            "Cancelled by the user. Every buffer came back before"
                                                    + " Close; no partial file is left."));
            case FAILED ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .result(
                                            "Msg 3013, Level 16, State 1: BACKUP DATABASE is"
                                                    + " terminating abnormally."));
            case COMPLETED ->
                    job.be(
                            ScriptedJob.streaming(4, 16)
                                    .state(state)
                                    .result(
                                            "1.1 GiB in 4 stripes, 84.0 MiB/s on average; the"
                                                    + " manifest is committed."));
            default -> job.be(ScriptedJob.streaming(4, 16).state(state));
        }
        parts.job().sample();
        parts.shell().page().set(Page.JOB);
    }

    @Test
    void manyBuffersAndDevicesStayLegible(FxRobot robot) {
        for (int buffers : new int[] {4, 64, 1_000}) {
            ScriptedJob job = new ScriptedJob();
            robot.interact(
                    () -> {
                        job.be(ScriptedJob.streaming(buffers == 1_000 ? 64 : 4, buffers));
                        parts.job().watch(job);
                        parts.shell().page().set(Page.JOB);
                    });
            picture(robot, "buffers-" + buffers);
        }
        assertThat(parts.job().devices()).hasSize(64);
    }

    @Test
    void thePagesWithoutAJob(FxRobot robot) {
        for (Theme theme : Theme.values()) {
            for (Page page : List.of(Page.BACKUP, Page.SETS, Page.RESTORE)) {
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

    private void picture(FxRobot robot, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> Screenshots.take(scene, name));
    }
}
