package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupType;
import dev.sluice.ui.backup.BackupViewModel.Database;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.util.StringConverter;

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
    }

    private static final List<Integer> BLOCK_SIZES =
            List.of(0, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536);
    private static final List<Integer> TRANSFER_SIZES =
            List.of(0, 65536, 131072, 262144, 524288, 1048576, 2097152, 4194304);

    private final BackupViewModel form;
    private final ObservableList<Database> choices;
    private final Actions actions;
    private final Prompts prompts;
    private final Texts texts;
    @FXML private ComboBox<@Nullable Database> database;
    @FXML private ToggleButton full;
    @FXML private ToggleButton differential;
    @FXML private TextField devices;
    @FXML private Label devicesError;
    @FXML private TextField destination;
    @FXML private Label destinationError;
    @FXML private Label destinationHint;
    @FXML private CheckBox copyOnly;
    @FXML private CheckBox checksum;
    @FXML private TextField limitRate;
    @FXML private Label limitRateError;
    @FXML private TitledPane advanced;
    @FXML private ComboBox<Integer> blockSize;
    @FXML private TextField bufferCount;
    @FXML private Label bufferCountError;
    @FXML private ComboBox<Integer> maxTransferSize;
    @FXML private Label statement;
    @FXML private Label files;
    @FXML private Button save;
    @FXML private Button start;

    /**
     * A controller over the form.
     *
     * @param choices the databases to choose from
     */
    public BackupController(
            BackupViewModel form,
            ObservableList<Database> choices,
            Actions actions,
            Prompts prompts,
            Texts texts) {
        this.form = form;
        this.choices = choices;
        this.actions = actions;
        this.prompts = prompts;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        database.setItems(choices);
        database.setConverter(new Shown<>(value -> value == null ? "" : value.name()));
        database.valueProperty().bindBidirectional(form.database());
        bindType();
        bindFields();
        bindSizes();
        bindActions();
    }

    private void bindType() {
        form.type().subscribe(type -> full.setSelected(type == BackupType.FULL));
        form.type().subscribe(type -> differential.setSelected(type == BackupType.DIFFERENTIAL));
        copyOnly.selectedProperty().bindBidirectional(form.copyOnly());
        copyOnly.disableProperty().bind(differential.selectedProperty());
        checksum.selectedProperty().bindBidirectional(form.checksum());
    }

    private void bindFields() {
        FieldErrors.bind(form.devices(), devices, devicesError);
        FieldErrors.bind(form.destination(), destination, destinationError);
        FieldErrors.bind(form.limitRate(), limitRate, limitRateError);
        FieldErrors.bind(form.bufferCount(), bufferCount, bufferCountError);
        destinationHint.textProperty().bind(form.destinationHint());
        Nodes.showWhen(destinationHint, form.destinationHint().isNotEmpty());
    }

    private void bindSizes() {
        StringConverter<Integer> sizes = new Shown<>(this::size);
        blockSize.getItems().setAll(BLOCK_SIZES);
        blockSize.setConverter(sizes);
        blockSize.valueProperty().bindBidirectional(form.blockSize());
        maxTransferSize.getItems().setAll(TRANSFER_SIZES);
        maxTransferSize.setConverter(sizes);
        maxTransferSize.valueProperty().bindBidirectional(form.maxTransferSize());
        form.bufferCount().error().subscribe(error -> openFor(error));
    }

    private String size(@Nullable Integer bytes) {
        return bytes == null || bytes == 0
                ? texts.get("backup.serverDecides")
                : Formats.bytes(bytes);
    }

    // an error must not hide in a closed pane
    private void openFor(String error) {
        if (!error.isEmpty()) {
            advanced.setExpanded(true);
        }
    }

    private void bindActions() {
        statement.textProperty().bind(form.statement());
        Nodes.showWhen(statement, form.statement().isNotEmpty());
        files.textProperty().bind(form.files());
        save.disableProperty().bind(form.good().not());
        start.disableProperty().bind(form.good().not());
    }

    @FXML
    void typeChosen() {
        form.type().set(differential.isSelected() ? BackupType.DIFFERENTIAL : BackupType.FULL);
        full.setSelected(form.type().get() == BackupType.FULL);
    }

    @FXML
    void chooseDestination() {
        prompts.folder(form.destination().text().get())
                .map(Path::toString)
                .ifPresent(form.destination().text()::set);
    }

    @FXML
    void copyStatement() {
        Nodes.copy(form.statement().get());
    }

    @FXML
    void backUp() {
        form.request().ifPresent(actions::backUp);
    }

    @FXML
    void saveProfile() {
        form.request().ifPresent(actions::saveProfile);
    }
}
