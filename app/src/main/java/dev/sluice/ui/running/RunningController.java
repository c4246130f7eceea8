package dev.sluice.ui.running;

import dev.sluice.job.BufferUse;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;
import dev.sluice.ui.common.Columns;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.StateCell;
import dev.sluice.ui.common.Texts;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A job in all its parts. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class RunningController {

    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final int MOST_ROWS = 8;

    /** So many are seen whole before the page is scrolled rather than the table. */
    private static final int LEAST_ROWS = 4;

    private final JobViewModel job;
    private final Texts texts;
    private final Consumer<Path> showSet;
    @FXML private ScrollPane page;
    @FXML private StateStrip strip;
    @FXML private Node outcome;
    @FXML private Label outcomeTitle;
    @FXML private Label result;
    @FXML private Node setRow;
    @FXML private TextField setFolder;
    @FXML private Node drainCard;
    @FXML private Label drainTitle;
    @FXML private DrainChecklist drain;
    @FXML private Label outstanding;
    @FXML private Node progressCard;
    @FXML private Label step;
    @FXML private RateChart chart;
    @FXML private Label highest;
    @FXML private Label percent;
    @FXML private Label amount;
    @FXML private Label source;
    @FXML private ProgressBar bar;
    @FXML private Label rate;
    @FXML private Label average;
    @FXML private Label elapsed;
    @FXML private Label remaining;
    @FXML private Label heldBackBy;
    @FXML private Node devicesCard;
    @FXML private Label devicesTitle;
    @FXML private TableView<DeviceRow> devices;
    @FXML private TableColumn<DeviceRow, Number> device;
    @FXML private TableColumn<DeviceRow, DeviceState> deviceState;
    @FXML private TableColumn<DeviceRow, String> command;
    @FXML private TableColumn<DeviceRow, String> bytes;
    @FXML private TableColumn<DeviceRow, String> deviceRate;
    @FXML private TableColumn<DeviceRow, String> inHand;
    @FXML private TableColumn<DeviceRow, String> queued;
    @FXML private TableColumn<DeviceRow, Shares> waits;
    @FXML private TableColumn<DeviceRow, String> stripe;
    @FXML private Node bufferCard;
    @FXML private Label bufferTotal;
    @FXML private BufferMap buffers;
    @FXML private BufferLegend legend;
    @FXML private TextField search;
    @FXML private ListView<LogLine> log;
    @FXML private Button copyStatement;

    /**
     * A controller over one job.
     *
     * @param showSet leads to a backup set, by its folder
     */
    public RunningController(JobViewModel job, Texts texts, Consumer<Path> showSet) {
        this.job = job;
        this.texts = texts;
        this.showSet = showSet;
    }

    @FXML
    void initialize() {
        Nodes.drawOnlyChanges(page);
        // the buffers tell what is in hand and queued, the device's state what its command is
        Columns.growWithTexts(devices, devicesTitle, stripe, command, inHand, queued);
        strip.show(job.strip(), texts);
        drain.show(job, texts);
        bindProgress();
        bindDevices();
        bindLog();
        bindOutcome();
        job.buffers().subscribe(this::showBuffers);
        job.uses().subscribe(this::showBuffers);
        showBuffers();
    }

    private void bindProgress() {
        ProgressModel progress = job.progress();
        step.textProperty().bind(job.step());
        Nodes.showWhen(step, job.step().isNotEmpty());
        highest.textProperty().bind(progress.highest());
        progress.overTime().subscribe(this::showRates);
        percent.textProperty().bind(progress.percent());
        amount.textProperty().bind(progress.amount());
        source.textProperty().bind(progress.source());
        bar.progressProperty().bind(progress.fraction());
        rate.textProperty().bind(progress.rate());
        average.textProperty().bind(progress.average());
        elapsed.textProperty().bind(progress.elapsed());
        remaining.textProperty().bind(progress.remaining());
        heldBackBy.textProperty().bind(progress.heldBackBy());
    }

    private void showRates(double[] rates) {
        chart.show(rates);
        chart.setAccessibleText(
                texts.get("job.chart.text", highest.getText(), job.progress().rate().get()));
    }

    private void bindDevices() {
        devices.setItems(job.devices());
        Nodes.showWhen(devicesCard, job.running().or(Bindings.isNotEmpty(job.devices())));
        devices.prefHeightProperty().bind(heightForRows(MOST_ROWS));
        devices.minHeightProperty().bind(heightForRows(LEAST_ROWS));
        device.setCellValueFactory(row -> new ReadOnlyIntegerWrapper(row.getValue().index() + 1));
        deviceState.setCellValueFactory(row -> row.getValue().state());
        deviceState.setCellFactory(
                column ->
                        new StateCell<>(
                                "device-state",
                                "device-is-",
                                state -> texts.of("device.state", state),
                                Icons::of));
        command.setCellValueFactory(row -> row.getValue().command());
        bytes.setCellValueFactory(row -> row.getValue().bytes());
        deviceRate.setCellValueFactory(row -> row.getValue().rate());
        inHand.setCellValueFactory(row -> row.getValue().inHand());
        queued.setCellValueFactory(row -> row.getValue().queued());
        waits.setCellValueFactory(row -> row.getValue().shares());
        waits.setCellFactory(column -> new SharesCell(texts));
        stripe.setCellValueFactory(row -> row.getValue().stripe());
    }

    // as high as its rows and their heads need, up to a number after which it scrolls
    private DoubleBinding heightForRows(int most) {
        return Bindings.createDoubleBinding(
                () ->
                        (Math.clamp(job.devices().size(), 2, most) + 1.2)
                                * devices.getFixedCellSize(),
                job.devices(),
                devices.fixedCellSizeProperty());
    }

    private void bindLog() {
        log.setItems(job.found());
        search.textProperty().bindBidirectional(job.sought());
        log.setCellFactory(LogCell::new);
        log.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        copyStatement.disableProperty().bind(job.statement().isEmpty());
        EndInView.keep(log, page);
    }

    private void bindOutcome() {
        BooleanBinding draining = Bindings.isNotEmpty(job.drain());
        BooleanBinding ended = job.running().not();
        Nodes.showWhen(outcome, ended);
        Nodes.showWhen(drainCard, draining);
        // nothing moved of what was refused
        Nodes.showWhen(progressCard, draining.not().and(job.running().or(job.progress().moved())));
        Nodes.showWhen(outstanding, job.running());
        outstanding.textProperty().bind(job.outstanding());
        job.running().subscribe(this::showDraining);
        outcomeTitle.textProperty().bind(job.title());
        result.textProperty().bind(job.result());
        Nodes.showWhen(
                setRow, job.state().isEqualTo(JobState.COMPLETED).and(job.set().isNotNull()));
        job.set().subscribe(set -> setFolder.setText(set == null ? "" : set.toString()));
        job.state().subscribe(this::showState);
    }

    private void showDraining(boolean running) {
        drainCard.pseudoClassStateChanged(ENDED, !running);
        drainTitle.setText(running ? texts.get("drain.title") : texts.get("drain.title.ended"));
    }

    private void showState(JobState state) {
        outcomeTitle.setGraphic(Icons.of(state));
        Nodes.mark(outcome, "outcome-", state);
    }

    private void showBuffers() {
        List<BufferUse> now = job.buffers().get();
        buffers.show(now);
        legend.show(now, job.uses().get(), texts);
        bufferTotal.setText(texts.get("buffers.total", now.size()));
        Nodes.show(bufferCard, !now.isEmpty());
        buffers.setAccessibleText(bufferTotal.getText() + ": " + legend.summary());
    }

    @FXML
    void copyLog() {
        List<LogLine> selected = log.getSelectionModel().getSelectedItems();
        List<LogLine> lines = selected.isEmpty() ? job.found() : selected;
        Nodes.copy(lines.stream().map(LogLine::toString).collect(Collectors.joining("\n")));
    }

    @FXML
    void copyLogByKey(KeyEvent event) {
        if (COPY.match(event)) {
            copyLog();
        }
    }

    @FXML
    void copyStatement() {
        Nodes.copy(job.statement().get());
    }

    @FXML
    void showSet() {
        Path set = job.set().get();
        if (set != null) {
            showSet.accept(set);
        }
    }
}
