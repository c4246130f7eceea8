package dev.sluice.ui.restore;

import dev.sluice.ui.common.Columns;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.restore.TargetViewModel.After;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** To what is restored. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class TargetController {

    private final RestoreViewModel guide;
    private final TargetViewModel model;
    private final Texts texts;
    private final Map<After, RadioButton> states = new EnumMap<>(After.class);
    @FXML private ComboBox<@Nullable String> server;
    @FXML private TextField name;
    @FXML private Label nameError;
    @FXML private CheckBox replace;
    @FXML private Label overwrites;
    @FXML private CheckBox closeConnections;
    @FXML private TextField dataFolder;
    @FXML private Label dataFolderError;
    @FXML private TextField logFolder;
    @FXML private Label logFolderError;
    @FXML private LookBar lookBar;
    @FXML private Node lookProblem;
    @FXML private Label lookProblemText;
    @FXML private TableView<FileRow> files;
    @FXML private TableColumn<FileRow, String> logicalName;
    @FXML private TableColumn<FileRow, String> from;
    @FXML private TableColumn<FileRow, FileRow> to;
    @FXML private TableColumn<FileRow, String> size;
    @FXML private Label fileProblem;
    @FXML private RadioButton online;
    @FXML private RadioButton restoring;
    @FXML private RadioButton standby;
    @FXML private TextField standbyFile;
    @FXML private Label standbyFileError;
    @FXML private CheckBox checksum;
    @FXML private TextField limitRate;
    @FXML private Label limitRateError;

    /** A controller over the target. */
    public TargetController(RestoreViewModel guide, Texts texts) {
        this.guide = guide;
        this.model = guide.target();
        this.texts = texts;
    }

    /** Who comes here by keyboard goes on with the name. */
    void takeFocus() {
        name.requestFocus();
        name.selectAll();
    }

    @FXML
    void initialize() {
        Columns.growWithTexts(files, online, size, from);
        server.setItems(model.servers());
        server.setConverter(new Shown<>(value -> value == null ? "" : value));
        server.valueProperty().bindBidirectional(model.server());
        FieldErrors.bind(model.name(), name, nameError);
        replace.selectedProperty().bindBidirectional(model.replace());
        Nodes.showWhen(replace, model.exists());
        overwrites.textProperty().bind(model.overwrites());
        Nodes.showWhen(overwrites, model.overwrites().isNotEmpty());
        closeConnections.selectedProperty().bindBidirectional(model.closeConnections());
        Nodes.showWhen(closeConnections, model.exists());
        bindOptions();
        bindFiles();
    }

    private void bindOptions() {
        states.put(After.ONLINE, online);
        states.put(After.RESTORING, restoring);
        states.put(After.STANDBY, standby);
        states.forEach((after, button) -> button.setOnAction(event -> model.after().set(after)));
        model.after()
                .subscribe(
                        now -> states.forEach((after, button) -> button.setSelected(after == now)));
        FieldErrors.bind(model.standbyFile(), standbyFile, standbyFileError);
        Nodes.showWhen(standbyFile, model.after().isEqualTo(After.STANDBY));
        checksum.selectedProperty().bindBidirectional(model.checksum());
        FieldErrors.bind(model.limitRate(), limitRate, limitRateError);
    }

    private void bindFiles() {
        FieldErrors.bind(model.dataFolder(), dataFolder, dataFolderError);
        FieldErrors.bind(model.logFolder(), logFolder, logFolderError);
        lookBar.follow(guide.look(), texts);
        lookProblemText.textProperty().bind(guide.problem());
        Nodes.showWhen(lookProblem, guide.problem().isNotEmpty());
        files.setItems(model.files());
        column(logicalName, row -> row.file().logicalName());
        column(from, row -> row.file().from());
        column(size, row -> Formats.bytes(row.file().bytes()));
        to.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        to.setCellFactory(column -> new PlaceCell(model, texts));
        ListChangeListener<FileRow> changed = change -> showFiles();
        model.files().addListener(changed);
        showFiles();
    }

    private static void column(
            TableColumn<FileRow, String> column, Function<FileRow, String> text) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
    }

    private void showFiles() {
        String problem =
                model.files().stream()
                        .map(FileRow::problem)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
        fileProblem.setText(problem);
        Nodes.show(fileProblem, !problem.isEmpty());
        dataFolder.setPromptText(texts.get("restore.folder.usual", model.usualDataFolder()));
        logFolder.setPromptText(texts.get("restore.folder.usual", model.usualLogFolder()));
    }

    @FXML
    void lookAgain() {
        guide.lookAgain();
    }
}
