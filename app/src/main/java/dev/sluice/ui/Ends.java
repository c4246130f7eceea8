package dev.sluice.ui;

import dev.sluice.job.JobState;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobsViewModel;
import dev.sluice.ui.settings.SettingsViewModel;

import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;

/**
 * Tells of the end of a job while the window is not in front: its title, which every desktop shows
 * in the bar of its windows, says what ended until the window is looked at. Desktops' own
 * notifications need AWT, whose toolkit beside JavaFX's blocks on some, or a service that not every
 * desktop has. FX thread.
 */
final class Ends {

    private final Stage stage;
    private final SettingsViewModel settings;
    private final Texts texts;

    Ends(Stage stage, JobsViewModel jobs, SettingsViewModel settings, Texts texts) {
        this.stage = stage;
        this.settings = settings;
        this.texts = texts;
        ListChangeListener<JobViewModel> added =
                change -> {
                    while (change.next()) {
                        change.getAddedSubList().forEach(this::follow);
                    }
                };
        jobs.jobs().addListener(added);
        stage.focusedProperty().subscribe(this::looked);
    }

    private void follow(JobViewModel job) {
        ObservableValue<Boolean> running = job.running();
        running.subscribe(
                (before, now) -> {
                    if (before && !now) {
                        ended(job);
                    }
                });
    }

    private void ended(JobViewModel job) {
        boolean success = job.state().get() == JobState.COMPLETED;
        boolean silent = success && settings.silentSuccess().get();
        if (!stage.isFocused() && !silent) {
            stage.setTitle(texts.get("shell.title.ended", job.title().get()));
        }
    }

    private void looked(boolean focused) {
        if (focused) {
            stage.setTitle(texts.get("shell.title"));
        }
    }
}
