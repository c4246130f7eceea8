package dev.sluice.ui.running;

import dev.sluice.job.JobState;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.MouseEvent;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The bar of a job, above every page. The button that cancels is here, and nowhere else. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class JobBarController {

    private final JobViewModel job;
    private final Texts texts;
    private final BooleanSupplier onCancel;
    private final Runnable onOpen;
    private final Runnable onClose;
    @FXML private Node root;
    @FXML private Button title;
    @FXML private Label numbers;
    @FXML private ProgressBar bar;
    @FXML private Button cancel;
    @FXML private Button close;

    /**
     * A controller over one job.
     *
     * @param onCancel asks the job to stop, and tells whether it was asked
     * @param onOpen shows the job in all its parts
     * @param onClose puts the ended job away
     */
    public JobBarController(
            JobViewModel job,
            Texts texts,
            BooleanSupplier onCancel,
            Runnable onOpen,
            Runnable onClose) {
        this.job = job;
        this.texts = texts;
        this.onCancel = onCancel;
        this.onOpen = onOpen;
        this.onClose = onClose;
    }

    @FXML
    void initialize() {
        title.textProperty().bind(job.title());
        bar.progressProperty().bind(job.progress().fraction());
        numbers.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::numbers,
                                job.progress().percent(),
                                job.progress().amount(),
                                job.progress().elapsed(),
                                job.ended()));
        bindButtons();
        job.state().subscribe(this::showState);
        job.spoken().subscribe(this::speak);
    }

    // a screen reader reads out what changes where the focus is
    private void speak(String now) {
        title.setAccessibleText(now);
        title.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private void bindButtons() {
        Nodes.showWhen(cancel, job.running());
        cancel.disableProperty().bind(job.cancellable().not());
        Nodes.showWhen(close, job.running().not());
        // the second click of a double one that put the bar above away is not meant for this job
        cancel.addEventFilter(MouseEvent.MOUSE_PRESSED, JobBarController::passOverSecond);
    }

    private static void passOverSecond(MouseEvent press) {
        if (press.getClickCount() > 1) {
            press.consume();
        }
    }

    // two that ended alike are told apart by when they did
    private String numbers() {
        String numbers =
                texts.get(
                        "job.bar.numbers",
                        job.progress().percent().get(),
                        job.progress().amount().get(),
                        job.progress().elapsed().get());
        String ended = job.ended().get();
        return ended.isEmpty() ? numbers : texts.get("job.bar.ended", numbers, ended);
    }

    private void showState(JobState state) {
        title.setGraphic(Icons.of(state));
        for (JobState other : JobState.values()) {
            PseudoClass look = PseudoClass.getPseudoClass(other.name().toLowerCase(Locale.ROOT));
            root.pseudoClassStateChanged(look, other == state);
        }
    }

    @FXML
    void cancel() {
        if (onCancel.getAsBoolean()) {
            title.requestFocus();
        }
    }

    @FXML
    void open() {
        onOpen.run();
    }

    @FXML
    void close() {
        onClose.run();
    }
}
