package dev.sluice.ui.shell;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Job;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobsViewModel;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** What the window as a whole shows and does: pages, and the start of jobs. FX thread. */
public final class ShellViewModel {

    private final SluiceEngine engine;
    private final JobsViewModel jobs;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.HOME);
    private boolean starting;

    /** The window shows the first page. */
    public ShellViewModel(
            SluiceEngine engine,
            JobsViewModel jobs,
            Background background,
            Notices notices,
            Texts texts) {
        this.engine = engine;
        this.jobs = jobs;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        jobs.selected().subscribe(this::leaveWithoutJob);
    }

    /** Runs a backup and shows it. */
    public void backUp(BackupRequest request) {
        run(() -> engine.backup(request, Triggers.WINDOW));
    }

    /** Runs a restore and shows it. */
    public void restore(RestoreRequest request) {
        run(() -> engine.restore(request, Triggers.WINDOW));
    }

    /** Runs a profile and shows it. */
    public void run(Profile profile) {
        run(() -> engine.job(profile.request(), profile.windowTrigger()));
    }

    private void run(Supplier<Job> make) {
        if (starting) {
            notices.error(texts.get("shell.busy"));
            return;
        }
        notices.clear();
        // a second press before the job is there would start another one, which nobody wanted
        starting = true;
        background.run(make::get, this::start, this::refused);
    }

    private void refused(Exception failure) {
        starting = false;
        notices.error(failure);
    }

    private void start(Job made) {
        starting = false;
        made.start();
        jobs.add(made);
        page.set(Page.JOB);
    }

    /** Shows a job in all its parts. */
    public void show(JobViewModel job) {
        jobs.select(job);
        page.set(Page.JOB);
    }

    private void leaveWithoutJob(@Nullable JobViewModel selected) {
        if (selected == null && page.get() == Page.JOB) {
            page.set(Page.HOME);
        }
    }

    /**
     * Saves a profile.
     *
     * @param overwrite whether one of the same name may be replaced
     * @param then what to do when it is saved
     */
    public void save(Profile profile, boolean overwrite, Runnable then) {
        background.run(
                () -> {
                    engine.profiles().save(profile, overwrite);
                    return profile.name();
                },
                name -> {
                    notices.info(texts.get("profiles.saved", name));
                    then.run();
                },
                notices::error);
    }

    /** What the middle of the window shows. */
    public ObjectProperty<Page> page() {
        return page;
    }
}
