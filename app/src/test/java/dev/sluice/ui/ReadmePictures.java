package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.Folders;
import dev.sluice.job.JobState;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.sql.embedded.SampleDatabase;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.restore.PaperDesk;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.shell.Page;
import dev.sluice.vdi.embedded.EmbeddedVdi;

import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Takes the pictures of the README from real runs. No test: it runs only when asked for, with
 * {@code -Dtest=ReadmePictures}, and writes into the sources.
 */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // made before each run
class ReadmePictures {

    private static final Path DOCS = Path.of("src", "docs");

    /** Where a reader would put backups; it must not exist, and does not afterwards. */
    private static final Path BACKUPS = Path.of(System.getProperty("java.io.tmpdir"), "backups");

    private static final long SAMPLE = 256L << 20;
    private static final int ATTEMPTS = 40;

    @TempDir private Path home;
    private EmbeddedServer server;
    private SluiceEngine engine;
    private Stage stage;
    private WindowParts parts;

    @Start
    void open(Stage shown) throws Exception {
        assertThat(BACKUPS).doesNotExist();
        Folders folders = Folders.under(home);
        server = new EmbeddedServer(folders.data(), new EmbeddedVdi());
        engine = new SluiceEngine(folders, List.of(server));
        stage = shown;
        parts = SluiceWindow.open(engine, BACKUPS, new QuietDesktop(), stage).parts();
    }

    @AfterEach
    void end(FxRobot robot) throws IOException {
        engine.close();
        robot.interact(stage::hide);
        server.close();
        if (Files.exists(BACKUPS)) {
            try (Stream<Path> files = Files.walk(BACKUPS)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void runningBackup(FxRobot robot) throws Exception {
        makeSample(robot);
        start(robot, "60");
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, job().progress().fraction().greaterThan(0.4));
        robot.interact(
                () -> {
                    spinUntil(
                            () ->
                                    job().progress().fraction().get() > 0.42
                                            && ours() >= 3
                                            && count(BufferUse.QUEUED) >= 2);
                    take("running-backup.png");
                });
        assertThat(job().state().get()).isEqualTo(JobState.STREAMING);
    }

    @Test
    void drain(FxRobot robot) throws Exception {
        makeSample(robot);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            start(robot, "");
            boolean[] caught = new boolean[1];
            robot.interact(() -> caught[0] = cancelAndCatchTheDrain());
            if (caught[0]) {
                return;
            }
            robot.interact(() -> parts.jobs().putAway(job()));
        }
        throw new AssertionError("no drain was caught in " + ATTEMPTS + " attempts");
    }

    @Test
    void home(FxRobot robot) throws Exception {
        makeSample(robot);
        start(robot, "");
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, job().running().not());
        SampleDatabase.create(server, "Warehouse", SAMPLE / 4);
        robot.interact(
                () -> {
                    parts.jobs().putAway(job());
                    parts.shell().page().set(Page.HOME);
                    parts.home().refresh();
                });
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> parts.home().databases().size() == 2);
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> take("home.png"));
    }

    /** Of sets on paper: the embedded server keeps no log that could be backed up. */
    @Test
    void timeLine(FxRobot robot) {
        PaperDesk desk = new PaperDesk("prod");
        desk.sets.addAll(PaperDesk.twoDays(LocalDateTime.of(2026, 11, 20, 18, 40)));
        WindowParts onPaper =
                new WindowParts(
                        engine,
                        desk,
                        BACKUPS,
                        new SameThread(),
                        new SilentPrompts(),
                        Texts.load(),
                        Settings.DEFAULT);
        robot.interact(
                () -> {
                    stage.getScene().setRoot(onPaper.load());
                    onPaper.shell().page().set(Page.RESTORE);
                    onPaper.restore().restore("prod", "Sales");
                    onPaper.restore().source().goBack(Duration.ofMinutes(10));
                });
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> take("time-line.png"));
    }

    private void makeSample(FxRobot robot) throws Exception {
        SampleDatabase.create(server, SampleDatabase.NAME, SAMPLE);
        robot.interact(parts.home()::refresh);
    }

    private boolean cancelAndCatchTheDrain() {
        spinUntil(() -> job().progress().fraction().get() > 0.3 && ours() >= 3);
        job().cancel();
        spinUntil(() -> isDraining() || !job().running().get());
        if (job().running().get()) {
            take("drain.png");
            return true;
        }
        return false;
    }

    private boolean isDraining() {
        return job().state().get() == JobState.CANCELLING
                && ours() > 0
                && count(BufferUse.RETURNED) > 0
                && job().drain().stream()
                        .anyMatch(
                                step ->
                                        step.phase() == DrainStep.Phase.BUFFERS_RETURNED
                                                && step.status() == DrainStep.Status.ACTIVE
                                                && step.elapsed().toMillis() > 0);
    }

    private void start(FxRobot robot, String limit) throws Exception {
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, parts.backup().good());
        robot.interact(
                () -> {
                    parts.backup().devices().text().set("4");
                    parts.backup().options().limitRate().text().set(limit);
                    parts.backup().request().ifPresent(parts.shell()::backUp);
                });
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, job().running());
    }

    // between two looks the window stands still, so the picture is of one moment
    private void spinUntil(BooleanSupplier condition) {
        do {
            Thread.onSpinWait();
            job().sample();
        } while (job().running().get() && !condition.getAsBoolean());
    }

    private long ours() {
        return job().buffers().get().stream().filter(BufferUse::isOurs).count();
    }

    private int count(BufferUse use) {
        return Collections.frequency(job().buffers().get(), use);
    }

    private JobViewModel job() {
        return Objects.requireNonNull(parts.jobs().selected().get());
    }

    private void take(String name) {
        Screenshots.take(stage.getScene(), DOCS.resolve(name));
    }
}
