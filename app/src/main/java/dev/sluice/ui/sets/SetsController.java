package dev.sluice.ui.sets;

import dev.sluice.media.Manifest;
import dev.sluice.ui.common.Columns;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Sampler;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TriggerWords;
import dev.sluice.ui.common.TypeText;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Callback;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/** The backup sets under a folder. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class SetsController {

    private final SetsViewModel model;
    private final Consumer<SetRow> onRestore;
    private final Prompts prompts;
    private final Texts texts;
    private final Sampler sampler;
    @FXML private TextField folder;
    @FXML private Label folderError;
    @FXML private TableView<SetRow> table;
    @FXML private TableColumn<SetRow, String> date;
    @FXML private TableColumn<SetRow, String> database;
    @FXML private TableColumn<SetRow, String> type;
    @FXML private TableColumn<SetRow, String> size;
    @FXML private TableColumn<SetRow, String> devices;
    @FXML private TableColumn<SetRow, SetRow.State> state;
    @FXML private Node details;
    @FXML private Label detailPath;
    @FXML private Label detailText;
    @FXML private Label verdict;
    @FXML private Node verifyProgress;
    @FXML private ProgressBar verifyBar;
    @FXML private Button remove;
    @FXML private Button verify;
    @FXML private Button restore;

    /**
     * A controller over the list.
     *
     * @param onRestore leads to the form of a restore
     */
    public SetsController(
            SetsViewModel model, Consumer<SetRow> onRestore, Prompts prompts, Texts texts) {
        this.model = model;
        this.onRestore = onRestore;
        this.prompts = prompts;
        this.texts = texts;
        this.sampler = new Sampler(model::sample);
    }

    @FXML
    void initialize() {
        Columns.growWithTexts(table, verify, devices, size);
        FieldErrors.bind(model.folder(), folder, folderError);
        bindTable();
        model.selected().subscribe(this::showDetails);
        Nodes.showWhen(verifyProgress, model.verifying());
        verifyBar.progressProperty().bind(model.verifiedFraction());
        model.verifying().subscribe(this::follow);
    }

    private void bindTable() {
        table.setItems(model.rows());
        date.setCellValueFactory(shown(this::date));
        database.setCellValueFactory(shown(SetRow::database));
        type.setCellValueFactory(
                shown(
                        row ->
                                fromManifest(
                                        row, set -> TypeText.of(set.type(), set.scope(), texts))));
        size.setCellValueFactory(shown(this::size));
        devices.setCellValueFactory(shown(row -> fromManifest(row, SetsController::stripes)));
        state.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().state()));
        state.setCellFactory(column -> new SetStateCell(texts));
        table.getSelectionModel().selectedItemProperty().subscribe(model.selected()::set);
        model.selected().subscribe(row -> table.getSelectionModel().select(row));
    }

    private static Callback<TableColumn.CellDataFeatures<SetRow, String>, ObservableValue<String>>
            shown(Function<SetRow, String> text) {
        return row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue()));
    }

    private String date(SetRow row) {
        return fromManifest(row, set -> Formats.dateAndMinute(set.started()));
    }

    private String size(SetRow row) {
        return row.bytes() < 0 ? texts.get("job.unknown") : Formats.bytes(row.bytes());
    }

    private static String stripes(Manifest manifest) {
        return Integer.toString(manifest.stripes().size());
    }

    private String fromManifest(SetRow row, Function<Manifest, String> text) {
        Manifest manifest = row.manifest();
        return manifest == null ? texts.get("job.unknown") : text.apply(manifest);
    }

    private void showDetails(@Nullable SetRow row) {
        Nodes.show(details, row != null);
        restore.setDisable(row == null || row.set() == null);
        verify.setDisable(!mayVerify());
        Nodes.show(remove, row != null && row.isLeft());
        if (row != null) {
            describe(row);
        }
    }

    private void describe(SetRow row) {
        detailPath.setText(row.folder().toString());
        detailText.setText(details(row));
        verdict.setText(row.problem());
        Nodes.show(verdict, !row.problem().isEmpty());
        verdict.getStyleClass().removeAll("verdict-good", "verdict-bad");
        boolean good = row.state() == SetRow.State.VERIFIED;
        verdict.getStyleClass().add(good ? "verdict-good" : "verdict-bad");
    }

    private String details(SetRow row) {
        Manifest manifest = row.manifest();
        return manifest == null
                ? texts.of("sets.about", row.state())
                : texts.get(
                        "sets.details",
                        Formats.dateTime(manifest.started()),
                        Formats.dateTime(manifest.finished()),
                        TriggerWords.started(manifest.trigger(), texts),
                        manifest.statement());
    }

    private void follow(boolean verifying) {
        verify.setDisable(!mayVerify());
        if (verifying) {
            sampler.start();
        } else {
            sampler.stop();
        }
    }

    private boolean mayVerify() {
        SetRow row = model.selected().get();
        return row != null && row.canBeVerified() && !model.verifying().get();
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void folderKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            model.refresh();
        }
    }

    @FXML
    void chooseFolder() {
        prompts.folder(model.folder().text().get()).map(Path::toString).ifPresent(this::look);
    }

    private void look(String chosen) {
        model.folder().text().set(chosen);
        model.refresh();
    }

    @FXML
    void copyPath() {
        Nodes.copy(detailPath.getText());
    }

    @FXML
    void verify() {
        model.verify();
    }

    @FXML
    void stopVerifying() {
        model.stopVerifying();
    }

    @FXML
    void removeRemains() {
        SetRow row = model.selected().get();
        boolean ofLog = row != null && row.state() == SetRow.State.LOG_REMAINS;
        if (!ofLog || prompts.removeLog(row.folder())) {
            model.removeRemains();
        }
    }

    @FXML
    void restore() {
        SetRow row = model.selected().get();
        if (row != null) {
            onRestore.accept(row);
        }
    }
}
