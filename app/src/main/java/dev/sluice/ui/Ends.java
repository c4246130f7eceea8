package dev.sluice.ui;

import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.notify.NotificationException;
import dev.sluice.ui.notify.Notifications;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobsViewModel;
import dev.sluice.ui.settings.SettingsViewModel;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Tells of the end of a job while the window is not in front: with a notification of the desktop,
 * and with the window's title, which every desktop shows in the bar of its windows. Both go when
 * the window is looked at. FX thread, but for {@link #tellOf}.
 */
final class Ends {

    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

    private final ObservableBooleanValue seen;
    private final StringProperty title;
    private final SettingsViewModel settings;
    private final Notifications notifications;
    private final Background background;
    private final Texts texts;

    /**
     * Follows the jobs from now on.
     *
     * @param seen whether the window is in front
     * @param title the window's
     */
    Ends(
            ObservableBooleanValue seen,
            StringProperty title,
            JobsViewModel jobs,
            SettingsViewModel settings,
            Notifications notifications,
            Background background,
            Texts texts) {
        this.seen = seen;
        this.title = title;
        this.settings = settings;
        this.notifications = notifications;
        this.background = background;
        this.texts = texts;
        ListChangeListener<JobViewModel> added =
                change -> {
                    while (change.next()) {
                        change.getAddedSubList().forEach(this::follow);
                    }
                };
        jobs.jobs().addListener(added);
        seen.subscribe(this::looked);
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
        JobState state = job.state().get();
        if (!seen.get() && !isSilent(state, settings.silentSuccess().get())) {
            String text = job.title().get();
            title.set(texts.get("shell.title.ended", text));
            inBackground(
                    () -> {
                        notifications.tell(text, isWrong(state));
                        return text;
                    });
        }
    }

    private void looked(boolean focused) {
        if (focused) {
            title.set(texts.get("shell.title"));
            inBackground(
                    () -> {
                        notifications.clear();
                        return true;
                    });
        }
    }

    private void inBackground(Callable<?> work) {
        background.run(work, done -> {}, e -> LOG.warn("{}", e.getMessage(), e));
    }

    /**
     * Tells of the ends of jobs that no window shows any more, each when it comes; waits for them
     * all. Not on the FX thread.
     *
     * @param silentSuccess whether the setting says so, which belongs to the FX thread
     */
    void tellOf(List<Job> jobs, boolean silentSuccess) throws InterruptedException {
        try (ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor()) {
            waiters.invokeAll(jobs.stream().map(job -> awaitAndTell(job, silentSuccess)).toList());
        }
    }

    private Callable<JobState> awaitAndTell(Job job, boolean silentSuccess) {
        return () -> {
            JobSnapshot end = job.await();
            if (!isSilent(end.state(), silentSuccess)) {
                try {
                    notifications.tell(JobViewModel.title(end, texts), isWrong(end.state()));
                } catch (NotificationException e) {
                    LOG.warn("{}", e.getMessage(), e);
                }
            }
            return end.state();
        };
    }

    private static boolean isSilent(JobState state, boolean silentSuccess) {
        return silentSuccess && state == JobState.COMPLETED;
    }

    private static boolean isWrong(JobState state) {
        return state == JobState.FAILED;
    }
}
