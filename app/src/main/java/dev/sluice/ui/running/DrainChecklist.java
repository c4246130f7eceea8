package dev.sluice.ui.running;

import dev.sluice.job.DrainStep;
import dev.sluice.job.JobKind;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Locale;

/**
 * The drain, step by step, and under it each I/O that keeps it waiting, with the offer to interrupt
 * it. FX thread.
 */
public final class DrainChecklist extends VBox {

    private final GridPane steps = new GridPane();
    private final VBox stuck = new VBox();

    /** An empty checklist. */
    public DrainChecklist() {
        getStyleClass().add("drain");
        steps.getStyleClass().add("drain-steps");
        stuck.getStyleClass().add("drain-stuck");
        getChildren().addAll(steps, stuck);
    }

    /** Shows the drain of the job on the screen, now and whenever it changes. */
    public void show(JobViewModel job, Texts texts) {
        ListChangeListener<DrainStep> stepsChanged = change -> buildSteps(job, texts);
        ListChangeListener<StuckIo> stuckChanged = change -> buildStuck(job, texts);
        job.drain().addListener(stepsChanged);
        job.stuck().addListener(stuckChanged);
        buildSteps(job, texts);
        buildStuck(job, texts);
    }

    private void buildSteps(JobViewModel job, Texts texts) {
        steps.getChildren().clear();
        for (DrainStep step : job.drain()) {
            steps.addRow(steps.getRowCount(), line(step, phase(step, job, texts), texts));
        }
    }

    private static Node[] line(DrainStep step, Label phase, Texts texts) {
        String look = "drain-" + step.status().name().toLowerCase(Locale.ROOT);
        Label detail = new Label(texts.tell(step.told()));
        Label elapsed = new Label(elapsed(step));
        phase.getStyleClass().addAll("drain-phase", look);
        detail.getStyleClass().addAll("drain-detail", look);
        elapsed.getStyleClass().addAll("number", "drain-elapsed", look);
        detail.setMaxWidth(Double.MAX_VALUE);
        detail.setWrapText(true);
        detail.setMinHeight(USE_PREF_SIZE);
        GridPane.setHgrow(detail, Priority.ALWAYS);
        return new Node[] {phase, elapsed, detail};
    }

    private static Label phase(DrainStep step, JobViewModel job, Texts texts) {
        String name =
                step.isFailure()
                        ? texts.get("drain.failure")
                        : isTargetCheck(step, job)
                                ? texts.get("drain.targetChecked")
                                : texts.of("drain.phase", step.phase());
        Label label = new Label(name, icon(step.status()));
        label.setAccessibleText(name + ", " + texts.of("drain.status", step.status()));
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    // a restore has no partial files; what became of its target is looked at instead
    private static boolean isTargetCheck(DrainStep step, JobViewModel job) {
        return step.phase() == DrainStep.Phase.PARTIAL_FILES_REMOVED
                && job.kind().get() == JobKind.RESTORE;
    }

    private static String elapsed(DrainStep step) {
        return step.status() == DrainStep.Status.PENDING ? "" : Formats.shortSpan(step.elapsed());
    }

    private static FontIcon icon(DrainStep.Status status) {
        return Icons.icon(
                switch (status) {
                    case PENDING -> "fth-circle";
                    case ACTIVE -> "fth-loader";
                    case DONE -> "fth-check";
                });
    }

    // A row stays as long as its I/O is stuck, else its button would vanish under the mouse.
    private void buildStuck(JobViewModel job, Texts texts) {
        stuck.getChildren()
                .removeIf(
                        row -> job.stuck().stream().noneMatch(io -> row.getId().equals(rowId(io))));
        Nodes.show(stuck, !job.stuck().isEmpty());
        for (StuckIo io : job.stuck()) {
            Node row = stuck.lookup("#" + rowId(io));
            if (row == null) {
                row = stuckRow(io, job, texts);
                stuck.getChildren().add(row);
            }
            ((Label) ((HBox) row).getChildren().getFirst()).setText(describe(io, texts));
        }
    }

    private static String rowId(StuckIo io) {
        return "stuck-" + io.device();
    }

    private static HBox stuckRow(StuckIo io, JobViewModel job, Texts texts) {
        Label what = new Label("", Icons.icon("fth-alert-triangle"));
        what.setWrapText(true);
        what.setMinHeight(USE_PREF_SIZE);
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        Button interrupt =
                Nodes.button(
                        "fth-zap",
                        texts.get("drain.interrupt"),
                        () -> job.interruptIo(io.device()));
        interrupt.setMinWidth(USE_PREF_SIZE);
        interrupt.setId("interrupt-" + io.device());
        HBox row = new HBox(what, interrupt);
        row.setId(rowId(io));
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("stuck-row");
        return row;
    }

    private static String describe(StuckIo io, Texts texts) {
        return texts.get("drain.stuck", io.device() + 1, io.file(), Formats.span(io.since()));
    }
}
