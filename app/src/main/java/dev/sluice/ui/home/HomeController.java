package dev.sluice.ui.home;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.RunRecord;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.HomeItem.ServerHead;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobsViewModel;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The first page. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class HomeController {

    /** What the rest of the window does on a choice made here. */
    public interface Choices {
        /** A server is to be added. */
        void addServer();

        /** A server that was added is to be changed. */
        void editServer(String name);

        /** A database is to be backed up. */
        void backUp(DatabaseRow database);

        /** A database is to be restored from its last backup. */
        void restore(DatabaseRow database);

        /** A run that ended is to be looked at. */
        void show(RunRecord run);

        /** A job that runs is to be looked at. */
        void show(JobViewModel job);
    }

    private final HomeViewModel model;
    private final JobsViewModel jobs;
    private final Choices choices;
    private final Prompts prompts;
    private final Texts texts;
    @FXML private Pane states;
    @FXML private TextField search;
    @FXML private Label leftOut;
    @FXML private ListView<HomeItem> list;
    @FXML private Node filled;
    @FXML private Node empty;
    @FXML private Button sample;
    @FXML private Node activity;
    @FXML private Node runningCard;
    @FXML private ListView<JobViewModel> running;
    @FXML private Node recentCard;
    @FXML private ListView<RunRecord> recent;
    private HomeMenu menu;

    /** A controller over the list. */
    public HomeController(
            HomeViewModel model,
            JobsViewModel jobs,
            Choices choices,
            Prompts prompts,
            Texts texts) {
        this.model = model;
        this.jobs = jobs;
        this.choices = choices;
        this.prompts = prompts;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        bindStates();
        search.textProperty().bindBidirectional(model.search());
        leftOut.textProperty().bind(model.leftOut().map(count -> texts.get("home.newer", count)));
        Nodes.showWhen(leftOut, Bindings.notEqual(0, model.leftOut()));
        menu = new HomeMenu(texts, choices, () -> list.getSelectionModel().getSelectedItem());
        list.setItems(model.items());
        list.setCellFactory(view -> new HomeCell(texts, model, choices, this::signIn));
        model.now().subscribe(list::refresh);
        Nodes.showWhen(empty, model.empty());
        Nodes.showWhen(filled, model.empty().not());
        Nodes.showWhen(sample, model.samplePossible());
        sample.disableProperty().bind(model.makingSample());
        sample.textProperty()
                .bind(
                        Bindings.when(model.makingSample())
                                .then(texts.get("home.sample.making"))
                                .otherwise(texts.get("home.sample")));
        bindActivity();
    }

    private void bindStates() {
        states.getChildren().add(filter("home-all", null));
        for (BackupHealth.State state : BackupHealth.State.values()) {
            String id = "home-" + state.name().toLowerCase(Locale.ROOT);
            states.getChildren().add(filter(id, state));
        }
    }

    private ToggleButton filter(String id, BackupHealth.@Nullable State state) {
        ToggleButton button = new ToggleButton();
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().addAll("small", "home-filter");
        if (state == null) {
            button.textProperty()
                    .bind(
                            Bindings.size(model.databases())
                                    .map(count -> texts.get("home.all", count)));
        } else {
            button.setGraphic(Icons.of(state));
            Nodes.mark(button, "health-is-", state);
            button.textProperty()
                    .bind(model.count(state).map(count -> texts.of("home.count", state, count)));
            if (state == BackupHealth.State.UNKNOWN || state == BackupHealth.State.LOG) {
                // of most servers everything is known, and their logs are backed up
                Nodes.showWhen(
                        button,
                        Bindings.notEqual(0, model.count(state)).or(model.only().isEqualTo(state)));
            }
        }
        // a click on the selected button would release it
        button.setOnAction(
                event -> {
                    model.only().set(state);
                    button.setSelected(true);
                });
        model.only().subscribe(now -> button.setSelected(now == state));
        return button;
    }

    private void bindActivity() {
        recent.setItems(model.recent());
        recent.setCellFactory(view -> new RunCell(texts, model.now()));
        model.now().subscribe(recent::refresh);
        running.setCellFactory(view -> new RunningCell());
        jobs.running().subscribe(this::showRunning);
        jobs.jobs().addListener((Observable changed) -> showRunning());
        Nodes.showWhen(runningCard, Bindings.isNotEmpty(running.getItems()));
        Nodes.showWhen(recentCard, Bindings.isNotEmpty(model.recent()));
        Nodes.showWhen(
                activity,
                Bindings.isNotEmpty(running.getItems()).or(Bindings.isNotEmpty(model.recent())));
    }

    private void showRunning() {
        running.getItems().setAll(jobs.stillRunning());
    }

    private void signIn(ServerHead head) {
        SecretQuestion question = head.answer().secret();
        if (question != null) {
            prompts.secret(head.server())
                    .ifPresent(secret -> model.signIn(head.server(), question, secret));
        }
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void addServer() {
        choices.addServer();
    }

    @FXML
    void makeSample() {
        model.makeSample();
    }

    @FXML
    void listKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            enter(list.getSelectionModel().getSelectedItem());
        } else {
            menu.press(event);
        }
    }

    private void enter(@Nullable HomeItem item) {
        switch (item) {
            case null -> {}
            case ServerHead head -> signIn(head);
            case DatabaseRow _ -> menu.enter();
        }
    }

    @FXML
    void menuRequested(ContextMenuEvent event) {
        if (list.getSelectionModel().getSelectedItem() instanceof DatabaseRow) {
            menu.show(list, event.getScreenX(), event.getScreenY());
        }
    }

    @FXML
    void recentClicked() {
        RunRecord run = recent.getSelectionModel().getSelectedItem();
        if (run != null) {
            choices.show(run);
        }
    }

    @FXML
    void recentKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            recentClicked();
        }
    }

    @FXML
    void runningClicked() {
        JobViewModel job = running.getSelectionModel().getSelectedItem();
        if (job != null) {
            choices.show(job);
        }
    }

    @FXML
    void runningKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            runningClicked();
        }
    }
}
