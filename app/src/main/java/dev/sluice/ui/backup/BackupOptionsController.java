package dev.sluice.ui.backup;

import dev.sluice.sql.Compression;
import dev.sluice.ui.backup.BackupOptionsModel.Part;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.event.ActionEvent;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.GridPane;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What a backup may be asked besides the usual. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class BackupOptionsController {

    private static final List<Integer> BLOCK_SIZES =
            List.of(0, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536);
    private static final List<Integer> TRANSFER_SIZES =
            List.of(0, 65536, 131072, 262144, 524288, 1048576, 2097152, 4194304);

    private final BackupOptionsModel form;
    private final Texts texts;
    @FXML private TitledPane more;
    @FXML private GridPane grid;
    @FXML private ComboBox<Part> part;
    @FXML private Node names;
    @FXML private Node fileNames;
    @FXML private TextArea files;
    @FXML private Label filesError;
    @FXML private TextArea filegroups;
    @FXML private Label filegroupsError;
    @FXML private ComboBox<Compression> compression;
    @FXML private Label compressionProblem;
    @FXML private TextField name;
    @FXML private Label nameError;
    @FXML private TextField description;
    @FXML private Label descriptionError;
    @FXML private TextField limitRate;
    @FXML private Label limitRateError;
    @FXML private ComboBox<Integer> blockSize;
    @FXML private ComboBox<Integer> maxTransferSize;
    @FXML private TextField bufferCount;
    @FXML private Label bufferCountError;

    /** A controller over the options. */
    public BackupOptionsController(BackupOptionsModel form, Texts texts) {
        this.form = form;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        Nodes.nameInputs(grid);
        more.textProperty().bind(form.summary());
        more.addEventHandler(ActionEvent.ACTION, this::openByKey);
        bindPart();
        bindChoices();
        bind(form.files(), files, filesError);
        bind(form.filegroups(), filegroups, filegroupsError);
        bind(form.name(), name, nameError);
        bind(form.description(), description, descriptionError);
        bind(form.limitRate(), limitRate, limitRateError);
        bind(form.bufferCount(), bufferCount, bufferCountError);
    }

    private void bind(Field field, TextInputControl control, Label error) {
        FieldErrors.bind(field, control, error);
        field.error().subscribe(this::openFor);
    }

    // the toolkit gives the marked key to the pane as an action, and does nothing by it
    private void openByKey(ActionEvent action) {
        if (action.getTarget() == more) {
            more.requestFocus();
            more.setExpanded(!more.isExpanded());
        }
    }

    // an error must not hide in a closed pane
    private void openFor(String error) {
        if (!error.isEmpty()) {
            more.setExpanded(true);
        }
    }

    private void bindPart() {
        part.getItems().setAll(Part.values());
        part.setConverter(new Shown<>(value -> texts.of("backup.part", value)));
        part.valueProperty().bindBidirectional(form.part());
        part.disableProperty().bind(form.wholeOnly());
        form.part().subscribe(this::showNames);
        form.wholeOnly().subscribe(none -> showNames(form.part().get()));
    }

    private void showNames(Part chosen) {
        Part shown = form.wholeOnly().get() ? Part.WHOLE : chosen;
        Nodes.show(names, shown != Part.WHOLE);
        Nodes.show(fileNames, shown == Part.FILES);
    }

    private void bindChoices() {
        compression.getItems().setAll(compressions());
        compression.setConverter(new Shown<>(this::inWords));
        compression.valueProperty().bindBidirectional(form.compression());
        FieldErrors.bind(form.compressionProblem(), compression, compressionProblem);
        form.compressionProblem().subscribe(this::openFor);
        StringConverter<Integer> sizes = new Shown<>(this::size);
        blockSize.getItems().setAll(BLOCK_SIZES);
        blockSize.setConverter(sizes);
        blockSize.valueProperty().bindBidirectional(form.blockSize());
        maxTransferSize.getItems().setAll(TRANSFER_SIZES);
        maxTransferSize.setConverter(sizes);
        maxTransferSize.valueProperty().bindBidirectional(form.maxTransferSize());
    }

    private static List<Compression> compressions() {
        List<Compression> all = new ArrayList<>();
        all.add(new Compression.ServerDefault());
        all.add(new Compression.None());
        all.add(new Compression.On());
        for (Compression.Algorithm algorithm : Compression.Algorithm.values()) {
            for (Compression.Level level : Compression.Level.values()) {
                all.add(new Compression.With(algorithm, level));
            }
        }
        return all;
    }

    private String inWords(@Nullable Compression how) {
        return switch (how) {
            case null -> "";
            case Compression.ServerDefault _ -> texts.get("backup.compression.server");
            case Compression.None _ -> texts.get("backup.compression.none");
            case Compression.On _ -> texts.get("backup.compression.on");
            case Compression.With with when with.level() == Compression.Level.DEFAULT ->
                    with.algorithm().name();
            case Compression.With with ->
                    texts.get("backup.compression.level", with.algorithm(), with.level());
        };
    }

    private String size(@Nullable Integer bytes) {
        return bytes == null || bytes == 0
                ? texts.get("backup.serverDecides")
                : Formats.bytes(bytes);
    }
}
