package dev.sluice.ui.restore;

import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.media.RestoreTimes;
import dev.sluice.media.RestoreTimes.Span;
import dev.sluice.ui.common.Columns;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TriggerWords;
import dev.sluice.ui.common.VerdictWords;
import dev.sluice.ui.restore.SourceViewModel.From;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.cell.CheckBoxTableCell;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From what is restored, and to which moment. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class SourceController {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final SourceViewModel model;
    private final Prompts prompts;
    private final Texts texts;
    private final SetWords words;
    private final Map<From, ToggleButton> places = new EnumMap<>(From.class);
    @FXML private ToggleButton fromHistory;
    @FXML private ToggleButton fromFolder;
    @FXML private ToggleButton fromPicked;
    @FXML private Node folderLine;
    @FXML private TextField folder;
    @FXML private Label folderError;
    @FXML private Node pickedLine;
    @FXML private Label pickedText;
    @FXML private Node searching;
    @FXML private Label problems;
    @FXML private ComboBox<@Nullable DatabaseSets> database;
    @FXML private Node momentCard;
    @FXML private TimeLineView line;
    @FXML private TextField moment;
    @FXML private Label momentError;
    @FXML private Label momentWords;
    @FXML private Label spans;
    @FXML private ComboBox<StopModel.Kind> stop;
    @FXML private TextField mark;
    @FXML private Label markError;
    @FXML private TextField after;
    @FXML private Label afterError;
    @FXML private Label markHint;
    @FXML private Button tenMinutes;
    @FXML private Button oneHour;
    @FXML private Node chainCard;
    @FXML private Label chainTitle;
    @FXML private Button automatic;
    @FXML private ListView<ChainStep> chain;
    @FXML private Label chainProblem;
    @FXML private Label chainDoubts;
    @FXML private TableView<SetLine> sets;
    @FXML private TableColumn<SetLine, Boolean> chosen;
    @FXML private TableColumn<SetLine, String> type;
    @FXML private TableColumn<SetLine, String> reach;
    @FXML private TableColumn<SetLine, String> size;
    @FXML private TableColumn<SetLine, SetLine> verified;
    @FXML private TableColumn<SetLine, String> place;
    @FXML private Label header;

    /** A controller over the source. */
    public SourceController(SourceViewModel model, Prompts prompts, Texts texts) {
        this.model = model;
        this.prompts = prompts;
        this.texts = texts;
        this.words = new SetWords(texts);
    }

    @FXML
    void initialize() {
        bindPlace();
        bindMoment();
        bindStop();
        bindChain();
        bindSets();
    }

    private void bindPlace() {
        places.put(From.HISTORY, fromHistory);
        places.put(From.FOLDER, fromFolder);
        places.put(From.PICKED, fromPicked);
        places.forEach((from, button) -> button.setOnAction(event -> look(from)));
        model.from().subscribe(this::showPlace);
        FieldErrors.bind(model.folder(), folder, folderError);
        ListChangeListener<Path> picked = change -> showPicked();
        model.picked().addListener(picked);
        showPicked();
        Nodes.showWhen(searching, model.searching());
        problems.textProperty().bind(model.problems());
        Nodes.showWhen(problems, model.problems().isNotEmpty());
        database.setItems(model.databases());
        database.setConverter(new Shown<>(this::name));
        database.valueProperty().bindBidirectional(model.database());
        Nodes.showWhen(momentCard, model.database().isNotNull());
        Nodes.showWhen(chainCard, model.database().isNotNull());
    }

    // a click on the selected button would release it
    private void look(From from) {
        model.look(from);
        showPlace(from);
    }

    private void showPlace(From from) {
        places.forEach((other, button) -> button.setSelected(other == from));
        Nodes.show(folderLine, from == From.FOLDER);
        Nodes.show(pickedLine, from == From.PICKED);
    }

    private void showPicked() {
        pickedText.setText(
                model.picked().isEmpty()
                        ? texts.get("restore.picked.none")
                        : model.picked().stream()
                                .map(Path::toString)
                                .collect(Collectors.joining("\n")));
    }

    private String name(@Nullable DatabaseSets of) {
        return of == null
                ? ""
                : texts.get("restore.database", of.database(), of.server(), of.sets().size());
    }

    private void bindMoment() {
        line.speak(texts);
        model.database().subscribe(this::showLine);
        line.moment().bindBidirectional(model.moment());
        FieldErrors.bind(model.momentText(), moment, momentError);
        moment.focusedProperty()
                .subscribe(
                        focused -> {
                            if (!focused) {
                                model.writeMoment();
                            }
                        });
        model.moment().subscribe(now -> momentWords.setText(line.inWords()));
    }

    private void bindStop() {
        StopModel stops = model.stops();
        stop.getItems().setAll(StopModel.Kind.values());
        stop.setConverter(new Shown<>(kind -> texts.of("restore.stop", kind)));
        stop.valueProperty().bindBidirectional(stops.kind());
        FieldErrors.bind(stops.mark(), mark, markError);
        FieldErrors.bind(stops.after(), after, afterError);
        stops.kind().subscribe(this::showMark);
    }

    private void showMark(StopModel.Kind kind) {
        boolean marked = kind != StopModel.Kind.MOMENT;
        List.of(mark, after, markHint).forEach(node -> Nodes.show(node, marked));
    }

    private void showLine(@Nullable DatabaseSets of) {
        TimeLine shown = of == null ? TimeLine.EMPTY : of.line();
        line.show(shown);
        spans.setText(
                shown.spans().isEmpty()
                        ? texts.get("restore.spans.none")
                        : texts.get("restore.spans", inWords(shown.spans())));
        tenMinutes.setDisable(!model.canGoBack(TEN_MINUTES));
        oneHour.setDisable(!model.canGoBack(AN_HOUR));
        moment.setDisable(shown.isEmpty());
    }

    private String inWords(List<Span> all) {
        return all.stream()
                .map(
                        span ->
                                texts.get(
                                        "restore.span",
                                        MomentText.write(span.from()),
                                        MomentText.write(span.to())))
                .collect(Collectors.joining("; "));
    }

    private void bindChain() {
        chain.setItems(model.chain());
        chain.setCellFactory(view -> new ChainCell(words, texts, model::isDoubted));
        ListChangeListener<ChainStep> changed = change -> showChain();
        model.chain().addListener(changed);
        showChain();
        chainProblem.textProperty().bind(model.chainProblem());
        Nodes.showWhen(chainProblem, model.chainProblem().isNotEmpty());
        chainDoubts.textProperty().bind(model.chainDoubts());
        Nodes.showWhen(chainDoubts, model.chainDoubts().isNotEmpty());
        Nodes.showWhen(automatic, model.byHand());
    }

    private void showChain() {
        line.mark(model.chain().stream().map(ChainStep::set).collect(Collectors.toSet()));
        chainTitle.setText(texts.get("restore.chain", model.chain().size()));
        Nodes.show(chain, !model.chain().isEmpty());
    }

    private void bindSets() {
        sets.setItems(model.sets());
        // the set that is selected is described below
        Columns.growWithTexts(sets, chainTitle, place, size);
        chosen.setCellValueFactory(row -> row.getValue().chosen());
        chosen.setCellFactory(CheckBoxTableCell.forTableColumn(chosen));
        column(type, row -> words.type(row.set()));
        column(reach, row -> MomentText.write(RestoreTimes.reach(row.set())));
        column(size, row -> Formats.bytes(row.set().manifest().storedSize()));
        verified.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        verified.setCellFactory(column -> new VerdictCell(texts));
        column(place, row -> String.valueOf(row.set().directory().getFileName()));
        sets.getSelectionModel().selectedItemProperty().subscribe(this::showHeader);
    }

    private static void column(
            TableColumn<SetLine, String> column, Function<SetLine, String> text) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
    }

    private void showHeader(@Nullable SetLine row) {
        header.setText(row == null ? texts.get("restore.header.none") : header(row));
    }

    private String header(SetLine row) {
        RunRecord verdict = row.verification();
        String header = header(row.set());
        return verdict == null ? header : header + "\n" + VerdictWords.sentence(verdict, texts);
    }

    private String header(BackupSet set) {
        Manifest manifest = set.manifest();
        Manifest.Header told = manifest.header();
        String text =
                texts.get(
                        "restore.header",
                        manifest.database(),
                        manifest.server(),
                        Formats.dateTime(manifest.started()),
                        Formats.dateTime(manifest.finished()),
                        TriggerWords.started(manifest.trigger(), texts),
                        set.directory());
        return told == null
                ? text
                : text
                        + "\n"
                        + texts.get(
                                "restore.header.lsn",
                                told.firstLsn(),
                                told.lastLsn(),
                                told.checkpointLsn(),
                                told.databaseBackupLsn(),
                                told.serverVersion());
    }

    @FXML
    void refresh() {
        model.refresh();
    }

    @FXML
    void folderKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            model.refresh();
            event.consume();
        }
    }

    @FXML
    void chooseFolder() {
        prompts.folder(model.folder().text().get()).ifPresent(model::lookUnder);
    }

    @FXML
    void pickFolder() {
        prompts.folder(model.folder().text().get()).map(List::of).ifPresent(model::pick);
    }

    @FXML
    void pickFiles() {
        List<Path> files = prompts.files(texts.get("restore.picked.title"));
        if (!files.isEmpty()) {
            model.pick(files);
        }
    }

    @FXML
    void pickNothing() {
        model.unpick();
    }

    @FXML
    void newest() {
        model.goToLast();
    }

    @FXML
    void tenMinutesAgo() {
        model.goBack(TEN_MINUTES);
    }

    @FXML
    void anHourAgo() {
        model.goBack(AN_HOUR);
    }

    @FXML
    void closer() {
        line.closer();
    }

    @FXML
    void wider() {
        line.wider();
    }

    @FXML
    void all() {
        line.all();
    }

    @FXML
    void chooseForMoment() {
        model.chooseForMoment();
    }

    @FXML
    void setKey(KeyEvent event) {
        SetLine row = sets.getSelectionModel().getSelectedItem();
        if (event.getCode() == KeyCode.SPACE && row != null) {
            row.chosen().set(!row.chosen().get());
            event.consume();
        }
    }

    @FXML
    void draggedOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
            event.consume();
        }
    }

    @FXML
    void dropped(DragEvent event) {
        List<Path> files = event.getDragboard().getFiles().stream().map(File::toPath).toList();
        model.pick(files);
        event.setDropCompleted(true);
        event.consume();
    }
}
