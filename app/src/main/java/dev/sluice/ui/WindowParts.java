package dev.sluice.ui;

import dev.sluice.doctor.Doctor;
import dev.sluice.job.JobKind;
import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.job.SluiceEngine;
import dev.sluice.job.Triggers;
import dev.sluice.ui.backup.BackupController;
import dev.sluice.ui.backup.BackupOptionsController;
import dev.sluice.ui.backup.BackupViewModel;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.FxmlView;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Sampler;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.ViewLoader;
import dev.sluice.ui.doctor.DoctorController;
import dev.sluice.ui.doctor.DoctorViewModel;
import dev.sluice.ui.history.HistoryController;
import dev.sluice.ui.history.HistoryViewModel;
import dev.sluice.ui.home.HomeController;
import dev.sluice.ui.home.HomeViewModel;
import dev.sluice.ui.restore.EngineDesk;
import dev.sluice.ui.restore.RestoreController;
import dev.sluice.ui.restore.RestoreDesk;
import dev.sluice.ui.restore.RestoreViewModel;
import dev.sluice.ui.restore.ReviewController;
import dev.sluice.ui.restore.SourceController;
import dev.sluice.ui.restore.TargetController;
import dev.sluice.ui.running.JobBarController;
import dev.sluice.ui.running.JobBarsController;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobViews;
import dev.sluice.ui.running.JobsViewModel;
import dev.sluice.ui.running.RunningController;
import dev.sluice.ui.server.ServerController;
import dev.sluice.ui.server.ServerViewModel;
import dev.sluice.ui.sets.SetsController;
import dev.sluice.ui.sets.SetsViewModel;
import dev.sluice.ui.settings.Appearance;
import dev.sluice.ui.settings.SettingsController;
import dev.sluice.ui.settings.SettingsViewModel;
import dev.sluice.ui.shell.Page;
import dev.sluice.ui.shell.ShellController;
import dev.sluice.ui.shell.ShellViewModel;
import dev.sluice.ui.sidebar.SidebarController;
import dev.sluice.ui.sidebar.SidebarViewModel;

import javafx.scene.Parent;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The composition of the window: view models, controllers, and who knows whom. FX thread. */
final class WindowParts {

    private final SluiceEngine engine;
    private final Background background;
    private final Texts texts;
    private final Prompts prompts;
    private final Notices notices;
    private final JobsViewModel jobs;
    private final HomeViewModel home;
    private final ServerViewModel server;
    private final SidebarViewModel sidebar;
    private final BackupViewModel backup;
    private final SetsViewModel sets;
    private final RestoreViewModel restore;
    private final ShellViewModel shell;
    private final HistoryViewModel history;
    private final Doctor examiner;
    private final DoctorViewModel doctor;
    private final SettingsViewModel settings;
    private final Appearance appearance;
    private final Choices choices;
    private final Sampler sampler;
    private final Sampler everyMinute;

    WindowParts(
            SluiceEngine engine,
            Path destination,
            Background background,
            Prompts prompts,
            Texts texts,
            Settings preferred) {
        this(
                engine,
                new EngineDesk(engine, Triggers.WINDOW),
                destination,
                background,
                prompts,
                texts,
                preferred);
    }

    /** With sets and plans of the caller's choice to restore from. */
    WindowParts(
            SluiceEngine engine,
            RestoreDesk desk,
            Path destination,
            Background background,
            Prompts prompts,
            Texts texts,
            Settings preferred) {
        this.engine = engine;
        this.background = background;
        this.texts = texts;
        this.prompts = prompts;
        notices = new Notices(texts);
        jobs = new JobsViewModel(texts);
        settings =
                new SettingsViewModel(
                        preferred, SettingsStore.of(engine.folders()), background, notices, texts);
        home =
                new HomeViewModel(
                        engine,
                        background,
                        notices,
                        texts,
                        () -> settings.current().get().backupRule(),
                        InstantSource.system());
        server = new ServerViewModel(engine.added(), background, notices, texts, home::refresh);
        sidebar = new SidebarViewModel(engine, background, notices, texts, InstantSource.system());
        backup = new BackupViewModel(destination, engine::plan, background, texts);
        sets = new SetsViewModel(engine, destination, background, notices, texts);
        restore =
                new RestoreViewModel(
                        desk, home.databases(), background, notices, texts, InstantSource.system());
        shell = new ShellViewModel(engine, jobs, background, notices, texts);
        history =
                new HistoryViewModel(
                        engine.history(), background, notices, texts, InstantSource.system());
        examiner = Doctor.ofThisMachine(engine.folders());
        doctor =
                new DoctorViewModel(
                        examiner::examine, this::proposedFolder, background, notices, texts);
        appearance = new Appearance(settings);
        choices = new Choices(engine, background, prompts, notices, this);
        sampler = new Sampler(jobs::sample, jobs::isDraining);
        everyMinute = Sampler.everyMinute(this::minutePassed);
    }

    /** Loads the window's content, tied to the models. */
    Parent load() {
        return loader().load(FxmlView.SHELL);
    }

    /** Loads any view; each loader makes controllers of its own. */
    ViewLoader loader() {
        ViewLoader loader = new ViewLoader(texts);
        JobViews views = new JobViews(this::bar, this::page);
        loader.add(
                new ShellController(shell, jobs, views, loader::load, appearance, notices, texts));
        loader.add(new JobBarsController(jobs, views));
        loader.add(new HomeController(home, jobs, choices, prompts, texts));
        loader.add(new ServerController(server, prompts, texts, choices::backToHome));
        loader.add(new SidebarController(sidebar, choices, prompts, notices, texts));
        loader.add(new BackupController(backup, choices, prompts, texts));
        loader.add(new BackupOptionsController(backup.options(), texts));
        loader.add(new SetsController(sets, choices::restore, prompts, texts));
        loader.add(new RestoreController(restore, prompts, choices));
        loader.add(new SourceController(restore.source(), prompts, texts));
        loader.add(new TargetController(restore, texts));
        loader.add(new ReviewController(restore, texts));
        loader.add(new HistoryController(history, choices, prompts, texts));
        loader.add(new DoctorController(doctor, texts));
        loader.add(
                new SettingsController(
                        settings,
                        () -> texts.tell(examiner.library().finding()),
                        background,
                        prompts,
                        texts));
        return loader;
    }

    private Parent bar(JobViewModel job) {
        ViewLoader loader = new ViewLoader(texts);
        loader.add(
                new JobBarController(
                        job,
                        texts,
                        () -> cancel(job),
                        () -> shell.show(job),
                        () -> jobs.putAway(job)));
        return loader.load(FxmlView.JOB_BAR);
    }

    /** Asks the job to stop that the user looks at, or the only one there is to be stopped. */
    void cancelJob() {
        jobs.toCancel().ifPresent(this::cancel);
    }

    // A cancelled restore may leave a database unusable: that is worth a question.
    private boolean cancel(JobViewModel job) {
        boolean sure =
                job.kind().get() == JobKind.BACKUP || prompts.cancelRestore(job.database().get());
        if (sure) {
            job.cancel();
        }
        return sure;
    }

    private Parent page(JobViewModel job) {
        ViewLoader loader = new ViewLoader(texts);
        loader.add(new RunningController(job, texts, choices::showSet));
        return loader.load(FxmlView.RUNNING);
    }

    /** Begins to look at servers, folders and jobs. */
    void start() {
        choices.start();
        forgetOldRuns();
        shell.page().subscribe(this::turnedTo);
        everyMinute.start();
        jobs.running().subscribe((before, now) -> jobsRunning(now.intValue()));
    }

    /** Looks no longer. */
    void stop() {
        sampler.stop();
        everyMinute.stop();
        sets.stopVerifying();
        appearance.stop();
    }

    // the doctor looks at folders that are there
    private List<Path> proposedFolder() {
        String folder = backup.destination().text().get();
        return switch (FolderCheck.look(folder)) {
            case GOOD, NOT_WRITABLE -> List.of(Path.of(folder.strip()));
            default -> List.of();
        };
    }

    private void forgetOldRuns() {
        int days = settings.current().get().historyDays();
        if (days > 0) {
            Instant oldest = Instant.now().minus(Duration.ofDays(days));
            background.run(
                    () -> engine.history().forgetBefore(oldest), forgotten -> {}, notices::error);
        }
    }

    private void turnedTo(Page page) {
        if (page == Page.HOME) {
            home.look();
        } else if (page == Page.BACKUP) {
            backup.lookAgain();
        } else if (page == Page.HISTORY) {
            history.refresh();
        } else if (page == Page.RESTORE) {
            restore.open();
        }
    }

    private void minutePassed() {
        home.look();
        sidebar.refresh();
    }

    private void jobsRunning(int running) {
        if (running > 0) {
            sampler.start();
        } else {
            sampler.stop();
        }
        // one may have ended
        home.refresh();
        sidebar.refresh();
        sets.refresh();
        turnedTo(shell.page().get());
    }

    JobsViewModel jobs() {
        return jobs;
    }

    ServerViewModel server() {
        return server;
    }

    HomeViewModel home() {
        return home;
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

    Texts texts() {
        return texts;
    }

    SettingsViewModel settings() {
        return settings;
    }

    Appearance appearance() {
        return appearance;
    }

    Notices notices() {
        return notices;
    }

    HistoryViewModel history() {
        return history;
    }

    ShellViewModel shell() {
        return shell;
    }
}
