package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.JobState;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.notify.NotificationDouble;
import dev.sluice.ui.notify.NotificationDouble.Shown;
import dev.sluice.ui.running.JobsViewModel;
import dev.sluice.ui.settings.SettingsViewModel;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A window that is in front or is not, over a real bus with a desktop on it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its sessions have no D-Bus")
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before each test
class EndsTest {

    private static final String NAME = "SluiceSample";
    private static final long PATIENCE = 30;

    @TempDir private Path home;
    private final BooleanProperty seen = new SimpleBooleanProperty();
    private final StringProperty title = new SimpleStringProperty("Sluice");
    private NotificationDouble desktop;
    private JobsViewModel jobs;
    private SettingsViewModel settings;
    private Ends ends;

    @BeforeEach
    void open() throws Exception {
        desktop = new NotificationDouble(home);
        Texts texts = Texts.load("en");
        jobs = new JobsViewModel(texts);
        settings =
                new SettingsViewModel(
                        Settings.DEFAULT,
                        SettingsStore.of(Folders.under(home)),
                        new SameThread(),
                        new Notices(Texts.load("en")),
                        texts);
        ends =
                new Ends(
                        seen,
                        title,
                        jobs,
                        settings,
                        desktop.notifications(),
                        new SameThread(),
                        texts);
    }

    @AfterEach
    void end() throws Exception {
        desktop.close();
        assertThat(desktop.failures).isEmpty();
    }

    @Test
    void aJobThatEndsBehindAnotherWindowIsToldUntilTheWindowIsLookedAt() throws Exception {
        runAndEnd(JobState.FAILED);

        assertThat(told().summary()).isEqualTo("Backup of %s failed".formatted(NAME));
        assertThat(title.get()).isEqualTo("Backup of %s failed – Sluice".formatted(NAME));

        seen.set(true);
        assertThat(desktop.taken.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(title.get()).isEqualTo("Sluice");
    }

    @Test
    void nothingIsToldOfWhatIsSeen() throws Exception {
        seen.set(true);
        runAndEnd(JobState.FAILED);
        seen.set(false);
        runAndEnd(JobState.CANCELLED);

        // the first would have come before
        assertThat(told().summary()).isEqualTo("Backup of %s cancelled".formatted(NAME));
    }

    @Test
    void successIsSilentWhereTheSettingsSaySo() throws Exception {
        settings.silentSuccess().set(true);
        runAndEnd(JobState.COMPLETED);
        settings.silentSuccess().set(false);
        runAndEnd(JobState.COMPLETED);

        assertThat(told().summary()).isEqualTo("Backup of %s completed".formatted(NAME));
        assertThat(desktop.shown).isEmpty();
    }

    @Test
    void theTitleTellsWhereTheDesktopDoesNot() throws Exception {
        desktop.close();
        runAndEnd(JobState.COMPLETED);

        assertThat(title.get()).isEqualTo("Backup of %s completed – Sluice".formatted(NAME));
    }

    @Test
    void aJobThatTheClosedWindowLeftIsToldOf() throws Exception {
        ends.tellOf(List.of(ended(JobState.COMPLETED), ended(JobState.FAILED)), true);

        assertThat(told().summary()).isEqualTo("Backup of %s failed".formatted(NAME));
        assertThat(desktop.shown).isEmpty();
    }

    private void runAndEnd(JobState state) {
        ScriptedJob job = new ScriptedJob();
        jobs.add(job);
        job.be(ScriptedJob.streaming(1, 4).state(state));
        jobs.sample();
    }

    private static ScriptedJob ended(JobState state) {
        ScriptedJob job = new ScriptedJob();
        job.be(ScriptedJob.streaming(1, 4).state(state));
        return job;
    }

    private Shown told() throws InterruptedException {
        return Objects.requireNonNull(desktop.shown.poll(PATIENCE, TimeUnit.SECONDS), "untold");
    }
}
