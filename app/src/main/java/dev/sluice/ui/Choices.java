package dev.sluice.ui;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobRequest;
import dev.sluice.job.JobState;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.job.Settings;
import dev.sluice.job.SluiceEngine;
import dev.sluice.media.BackupSet;
import dev.sluice.ui.backup.BackupController;
import dev.sluice.ui.backup.DatabasesModel.Database;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.FileManager;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.history.HistoryController;
import dev.sluice.ui.history.Leftovers;
import dev.sluice.ui.history.OutcomeFilter;
import dev.sluice.ui.home.DatabaseRow;
import dev.sluice.ui.home.HomeController;
import dev.sluice.ui.restore.RestoreController;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.sets.SetRow;
import dev.sluice.ui.shell.Page;
import dev.sluice.ui.sidebar.SidebarController;

import javafx.collections.ListChangeListener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a choice in one view means for the others. FX thread. */
final class Choices
        implements HomeController.Choices,
                SidebarController.Choices,
                BackupController.Actions,
                RestoreController.Actions,
                HistoryController.Actions {

    private final SluiceEngine engine;
    private final Background background;
    private final Prompts prompts;
    private final Notices notices;
    private final WindowParts parts;

    /** The folder of sets that was shown last without anybody typing it. */
    private String shownSets = "";

    Choices(
            SluiceEngine engine,
            Background background,
            Prompts prompts,
            Notices notices,
            WindowParts parts) {
        this.engine = engine;
        this.background = background;
        this.prompts = prompts;
        this.notices = notices;
        this.parts = parts;
    }

    /** Reads everything for the first time. */
    void start() {
        ListChangeListener<DatabaseRow> listener = change -> showDatabases();
        parts.home().databases().addListener(listener);
        shownSets = parts.sets().folder().text().get();
        ListChangeListener<JobViewModel> added =
                change -> {
                    while (change.next()) {
                        change.getAddedSubList().forEach(this::follow);
                    }
                };
        parts.jobs().jobs().addListener(added);
        Settings settings = parts.settings().current().get();
        parts.backup().devices().text().set(Integer.toString(settings.devices()));
        background.run(() -> destination(settings), this::propose, notices::error);
        background.run(() -> Leftovers.find(engine.history()), this::tell, notices::error);
    }

    private void showDatabases() {
        parts.backup()
                .databases()
                .show(
                        parts.home().databases().stream()
                                .map(row -> new Database(row.server(), row.info()))
                                .toList());
    }

    private void tell(Leftovers left) {
        Texts texts = parts.texts();
        int runs = left.interrupted().size();
        int folders = left.remains().size();
        List<String> news = new ArrayList<>();
        if (runs > 0) {
            String database = left.interrupted().getFirst().database();
            news.add(texts.get("leftovers.interrupted", runs, database));
        }
        if (folders > 0) {
            news.add(texts.get("leftovers.remains", folders, left.remains().getFirst()));
        }
        if (!left.logs().isEmpty()) {
            news.add(texts.get("leftovers.logs", left.logs().size(), left.logs().getFirst()));
        }
        if (!news.isEmpty()) {
            notices.attention(
                    String.join(" ", news),
                    new Notices.Action(texts.get("leftovers.show"), () -> show(left)));
        }
    }

    private void show(Leftovers left) {
        Optional<Path> first =
                Stream.concat(left.logs().stream(), left.remains().stream()).findFirst();
        if (first.isPresent()) {
            showSet(first.get());
            return;
        }
        parts.history().outcome().set(OutcomeFilter.TROUBLED);
        parts.shell().page().set(Page.HISTORY);
    }

    private void follow(JobViewModel job) {
        job.state()
                .subscribe(
                        (before, now) -> {
                            if (now == JobState.COMPLETED && job.kind().get() == JobKind.BACKUP) {
                                proposeSetsOf(job);
                            }
                        });
    }

    // not in place of a folder that somebody typed, or while he looks at a set in another
    private void proposeSetsOf(JobViewModel job) {
        boolean typed = !parts.sets().folder().text().get().equals(shownSets);
        boolean busy =
                parts.shell().page().get() == Page.SETS && parts.sets().selected().get() != null;
        if (!typed && !busy) {
            Optional.ofNullable(job.set().get())
                    .flatMap(BackupSet::destinationOf)
                    .ifPresent(this::showSetsUnder);
        }
    }

    private void showSetsUnder(Path destination) {
        shownSets = destination.toString();
        parts.sets().folder().text().set(shownSets);
    }

    private Optional<Path> destination(Settings settings) throws IOException {
        Optional<Path> preferred = Optional.ofNullable(settings.backupFolder());
        return preferred.isPresent() ? preferred : lastDestination();
    }

    private Optional<Path> lastDestination() throws IOException {
        return engine.history().list().stream()
                .filter(run -> run.kind() == JobKind.BACKUP && run.set() != null)
                .findFirst()
                .map(RunRecord::set)
                .flatMap(BackupSet::destinationOf);
    }

    private void propose(Optional<Path> destination) {
        destination.ifPresent(
                folder -> {
                    parts.backup().destination().text().set(folder.toString());
                    showSetsUnder(folder);
                });
        parts.home().refresh();
        parts.sidebar().refresh();
        parts.sets().refresh();
    }

    @Override
    public void addServer() {
        parts.server().clear();
        parts.shell().page().set(Page.SERVER);
    }

    @Override
    public void editServer(String name) {
        parts.server().open(name, () -> parts.shell().page().set(Page.SERVER));
    }

    /** Leads back from the form of a server. */
    void backToHome() {
        parts.shell().page().set(Page.HOME);
    }

    @Override
    public void backUp(DatabaseRow row) {
        parts.backup().leaveProfile();
        parts.backup().databases().choose(row.server(), List.of(row.info().name()));
        parts.shell().page().set(Page.BACKUP);
    }

    @Override
    public void restore(DatabaseRow row) {
        parts.restore().restore(row.server(), row.info().name());
        parts.shell().page().set(Page.RESTORE);
    }

    @Override
    public void show(RunRecord run) {
        parts.shell().page().set(Page.HISTORY);
        parts.history().showAfterReading(run.id());
    }

    @Override
    public void show(JobViewModel job) {
        parts.shell().show(job);
    }

    @Override
    public void chosen(Profile profile) {
        switch (profile.request()) {
            case BackupRequest request -> {
                parts.backup().edit(profile.name(), request);
                parts.shell().page().set(Page.BACKUP);
            }
            case RestoreRequest request -> {
                parts.restore().fill(request);
                parts.shell().page().set(Page.RESTORE);
            }
        }
    }

    @Override
    public void run(Profile profile) {
        parts.shell().run(profile);
    }

    @Override
    public void backUp(BackupRequest request) {
        parts.shell().backUp(request);
    }

    @Override
    public void saveProfile(BackupRequest request) {
        prompts.profileName(request.databasesInWords() + " " + request.type().word())
                .ifPresent(name -> save(name, request, false));
    }

    @Override
    public void saveProfile(String name, BackupRequest request) {
        save(name, request, true);
    }

    @Override
    public void restore(RestoreRequest request) {
        parts.shell().restore(request);
    }

    @Override
    public void saveProfile(RestoreRequest request) {
        Texts texts = parts.texts();
        prompts.profileName(texts.get("profiles.restoreOf", String.valueOf(request.database())))
                .ifPresent(name -> save(name, request, false));
    }

    private void save(String name, JobRequest request, boolean overwrite) {
        try {
            parts.shell()
                    .save(new Profile(name, request), overwrite, () -> parts.sidebar().refresh());
        } catch (IllegalArgumentException e) {
            notices.error(parts.texts().tell(e));
        }
    }

    /** Leads from a set to its restore. */
    void restore(SetRow row) {
        restoreSet(row.folder());
    }

    @Override
    public void verifySet(Path set) {
        lookWhere(set);
        parts.sets().verify(set);
    }

    @Override
    public void restoreSet(Path set) {
        parts.restore().restore(set);
        parts.shell().page().set(Page.RESTORE);
    }

    @Override
    public void openFolder(Path folder) {
        parts.history().open(folder, FileManager::open);
    }

    /** Leads to a set. */
    void showSet(Path set) {
        lookWhere(set);
        parts.sets().show(set);
    }

    private void lookWhere(Path set) {
        showSetsUnder(BackupSet.destinationOf(set).orElse(set));
        parts.shell().page().set(Page.SETS);
    }
}
