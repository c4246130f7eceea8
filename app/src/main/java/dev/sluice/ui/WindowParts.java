package dev.sluice.ui;

import dev.sluice.job.SluiceEngine;
import dev.sluice.ui.backup.BackupController;
import dev.sluice.ui.backup.BackupViewModel;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.FxmlView;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Sampler;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.ViewLoader;
import dev.sluice.ui.restore.RestoreController;
import dev.sluice.ui.restore.RestoreViewModel;
import dev.sluice.ui.running.JobBarController;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.RunningController;
import dev.sluice.ui.sets.SetsController;
import dev.sluice.ui.sets.SetsViewModel;
import dev.sluice.ui.shell.ShellController;
import dev.sluice.ui.shell.ShellViewModel;
import dev.sluice.ui.sidebar.SidebarController;
import dev.sluice.ui.sidebar.SidebarViewModel;

import javafx.scene.Parent;

import java.nio.file.Path;

/** The composition of the window: view models, controllers, and who knows whom. FX thread. */
final class WindowParts {

    private final Texts texts;
    private final Prompts prompts;
    private final Notices notices = new Notices();
    private final JobViewModel job;
    private final SidebarViewModel sidebar;
    private final BackupViewModel backup;
    private final SetsViewModel sets;
    private final RestoreViewModel restore;
    private final ShellViewModel shell;
    private final Choices choices;
    private final Sampler sampler;

    WindowParts(
            SluiceEngine engine,
            Path destination,
            Background background,
            Prompts prompts,
            Texts texts) {
        this.texts = texts;
        this.prompts = prompts;
        job = new JobViewModel(texts);
        sidebar = new SidebarViewModel(engine, background, notices, texts);
        backup = new BackupViewModel(destination, background, texts);
        sets = new SetsViewModel(destination, background, notices, texts);
        restore = new RestoreViewModel(sidebar.databases(), texts);
        shell = new ShellViewModel(engine, job, background, notices, texts);
        choices = new Choices(engine, background, prompts, notices, this);
        sampler = new Sampler(job::sample);
    }

    /** Loads the window's content, tied to the models. */
    Parent load() {
        return loader().load(FxmlView.SHELL);
    }

    /** Loads any view; each loader makes controllers of its own. */
    ViewLoader loader() {
        ViewLoader loader = new ViewLoader(texts);
        loader.add(new ShellController(shell, job, notices));
        loader.add(new SidebarController(sidebar, choices, prompts, texts));
        loader.add(
                new BackupController(
                        backup, choices.databases(), job.running(), choices, prompts, texts));
        loader.add(new SetsController(sets, choices::restore, prompts, texts));
        loader.add(
                new RestoreController(restore, job.running(), shell::restore, choices::backToSets));
        loader.add(new JobBarController(job, texts, prompts));
        loader.add(new RunningController(job, texts, choices::showSet));
        return loader;
    }

    /** Begins to look at servers, folders and jobs. */
    void start() {
        choices.start();
        job.running().subscribe((before, now) -> jobRunning(now));
    }

    /** Looks no longer. */
    void stop() {
        sampler.stop();
        sets.stopVerifying();
    }

    private void jobRunning(boolean running) {
        if (running) {
            sampler.start();
        } else {
            sampler.stop();
            sidebar.refresh();
            sets.refresh();
        }
    }

    JobViewModel job() {
        return job;
    }

    SidebarViewModel sidebar() {
        return sidebar;
    }

    BackupViewModel backup() {
        return backup;
    }

    SetsViewModel sets() {
        return sets;
    }

    RestoreViewModel restore() {
        return restore;
    }

    ShellViewModel shell() {
        return shell;
    }
}
