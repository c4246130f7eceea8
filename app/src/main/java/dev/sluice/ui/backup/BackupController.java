package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupType;
import dev.sluice.ui.backup.DatabasesModel.Item;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** The form of a backup. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class BackupController {

    /** What the rest of the window does with the form. */
    public interface Actions {
        /** Runs a backup. */
        void backUp(BackupRequest request);

        /** Asks for a name and saves a profile under it. */
        void saveProfile(BackupRequest request);

        /** Saves what was changed of a profile. */
        void saveProfile(String name, BackupRequest request);
    }

    private final BackupViewModel form;
    private final Actions actions;
    private final Prompts prompts;
    private final Texts texts;
    @FXML private Node editing;
    @FXML private Label editingText;
    @FXML private GridPane what;
    @FXML private GridPane where;
    @FXML private ComboBox<@Nullable String> server;
    @FXML private TextField search;
    @FXML private Label chosen;
    @FXML private ListView<Item> databases;
    @FXML private ToggleButton full;
    @FXML private ToggleButton differential;
    @FXML private ToggleButton log;
    @FXML private Label about;
    @FXML private Label typeProblem;
    @FXML private Pane tail;
    @FXML private CheckBox noRecovery;
    @FXML private CheckBox noTruncate;
    @FXML private CheckBox copyOnly;
    @FXML private CheckBox checksum;
    @FXML private TextField devices;
    @FXML private Label devicesError;
    @FXML private TextField destination;
    @FXML private Label destinationError;
    @FXML private Label destinationHint;
    @FXML private Label room;
    @FXML private Pane statements;
    @FXML private Label deviceNames;
    @FXML private Label problem;
    @FXML private ProgressIndicator asking;
    @FXML private Button copy;
    @FXML private Label files;
    @FXML private Button saveAs;
    @FXML private Button save;
    @FXML private Button show;
    @FXML private Button start;

    /** A controller over the form. */
    public BackupController(BackupViewModel form, Actions actions, Prompts prompts, Texts texts) {
        this.form = form;
        this.actions = actions;
        this.prompts = prompts;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        Nodes.nameInputs(what);
        Nodes.nameInputs(where);
        bindDatabases();
        bindTypes();
        bindFields();
        bindStatements();
        bindProfile();
        start.disableProperty().bind(form.ready().not());
        show.disableProperty().bind(form.good().not().or(form.statements().busy()));
    }

    private void bindDatabases() {
        DatabasesModel choice = form.databases();
        server.setItems(choice.servers());
        server.setConverter(new Shown<>(value -> value == null ? "" : value));
        server.valueProperty().bindBidirectional(choice.server());
        search.textProperty().bindBidirectional(choice.search());
        databases.setItems(choice.shown());
        databases.setCellFactory(list -> new DatabaseCell(texts));
        choice.chosen().subscribe(this::showChosen);
        choice.shown().addListener((Observable changed) -> showChosen(choice.chosen().get()));
    }

    private void showChosen(List<String> names) {
        chosen.setText(
                names.size() == 1
                        ? names.getFirst()
                        : texts.get(
                                "backup.databases.chosen", names.size(), form.databases().size()));
    }

    private void bindTypes() {
        bind(full, BackupType.FULL);
        bind(differential, BackupType.DIFFERENTIAL);
        bind(log, BackupType.LOG);
        form.type().subscribe(type -> about.setText(texts.of("backup.about", type)));
        typeProblem.textProperty().bind(form.typeProblem());
        Nodes.showWhen(typeProblem, form.typeProblem().isNotEmpty());
        Nodes.showWhen(tail, form.type().map(type -> type == BackupType.LOG));
        noRecovery.selectedProperty().bindBidirectional(form.noRecovery());
        noTruncate.selectedProperty().bindBidirectional(form.noTruncate());
        copyOnly.selectedProperty().bindBidirectional(form.copyOnly());
        copyOnly.disableProperty().bind(differential.selectedProperty());
        checksum.selectedProperty().bindBidirectional(form.checksum());
    }

    private void bind(ToggleButton button, BackupType type) {
        form.type().subscribe(now -> button.setSelected(now == type));
        // a click on the selected button would release it
        button.setOnAction(
                event -> {
                    form.type().set(type);
                    button.setSelected(true);
                });
    }

    private void bindFields() {
        FieldErrors.bind(form.devices(), devices, devicesError);
        FieldErrors.bind(form.destination(), destination, destinationError);
        destinationHint.textProperty().bind(form.destinationHint());
        Nodes.showWhen(destinationHint, form.destinationHint().isNotEmpty());
        room.textProperty().bind(form.room());
        Nodes.showWhen(room, form.room().isNotEmpty());
    }

    private void bindStatements() {
        StatementsModel found = form.statements();
        found.statements().addListener((Observable changed) -> showStatements());
        problem.textProperty().bind(form.problem());
        Nodes.showWhen(problem, form.problem().isNotEmpty());
        Nodes.showWhen(asking, found.busy());
        showStatements();
        files.textProperty().bind(form.files());
    }

    private void showStatements() {
        StatementsModel found = form.statements();
        boolean several = found.statements().size() > 1;
        statements
                .getChildren()
                .setAll(
                        found.statements().stream()
                                .map(statement -> new StatementView(statement, several))
                                .toList());
        Nodes.show(copy, !found.text().isEmpty());
        Nodes.show(deviceNames, !found.text().isEmpty());
    }

    private void bindProfile() {
        Nodes.showWhen(editing, form.profile().isNotEmpty());
        Nodes.showWhen(saveAs, form.profile().isNotEmpty());
        form.profile().subscribe(this::showProfile);
        save.disableProperty().bind(form.good().not());
        saveAs.disableProperty().bind(form.good().not());
    }

    private void showProfile(String name) {
        editingText.setText(texts.get("backup.editing", name));
        save.setText(name.isEmpty() ? texts.get("backup.save") : texts.get("backup.save.changes"));
    }

    @FXML
    void databaseKey(KeyEvent event) {
        Item item = databases.getSelectionModel().getSelectedItem();
        if (event.getCode() == KeyCode.SPACE && item != null) {
            item.chosen().set(!item.chosen().get());
        }
    }

    @FXML
    void chooseShown() {
        form.databases().chooseShown();
    }

    @FXML
    void chooseNone() {
        form.databases().chooseNone();
    }

    @FXML
    void chooseDestination() {
        prompts.folder(form.destination().text().get())
                .map(Path::toString)
                .ifPresent(form.destination().text()::set);
    }

    @FXML
    void showStatement() {
        form.showStatements();
    }

    @FXML
    void copyStatement() {
        Nodes.copy(form.statements().text());
    }

    @FXML
    void backUp() {
        form.request().ifPresent(actions::backUp);
    }

    @FXML
    void leaveProfile() {
        form.leaveProfile();
    }

    @FXML
    void saveProfile() {
        form.request().ifPresent(this::save);
    }

    private void save(BackupRequest request) {
        String name = form.profile().get();
        if (name.isEmpty()) {
            actions.saveProfile(request);
        } else {
            actions.saveProfile(name, request);
        }
    }

    @FXML
    void saveAsProfile() {
        form.request().ifPresent(actions::saveProfile);
    }
}
