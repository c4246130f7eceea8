package dev.sluice.ui.running;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.WrapBox;
import dev.sluice.ui.running.StripStep.Look;

import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Locale;

/** The state strip: a label per step, joined by lines. FX thread. */
public final class StateStrip extends WrapBox {

    /** An empty strip. */
    public StateStrip() {
        getStyleClass().add("state-strip");
        setAlignment(Pos.CENTER_LEFT);
    }

    /** Shows these steps, now and whenever they change. */
    public void show(ObservableList<StripStep> steps, Texts texts) {
        ListChangeListener<StripStep> listener = change -> build(steps, texts);
        steps.addListener(listener);
        build(steps, texts);
    }

    private void build(ObservableList<StripStep> steps, Texts texts) {
        getChildren().clear();
        for (StripStep step : steps) {
            if (!getChildren().isEmpty()) {
                getChildren().add(line(step));
            }
            getChildren().add(label(step, texts));
        }
    }

    private static Node label(StripStep step, Texts texts) {
        String name = texts.of("job.state", step.state());
        Label label = new Label(name, icon(step));
        label.setMinWidth(USE_PREF_SIZE);
        label.getStyleClass().addAll("strip-step", styleClass(step));
        label.setAccessibleText(texts.of("strip.look", step.look(), name));
        return label;
    }

    private static FontIcon icon(StripStep step) {
        return step.look() == Look.PASSED ? Icons.icon("fth-check") : Icons.of(step.state());
    }

    private static Node line(StripStep to) {
        Region line = new Region();
        line.getStyleClass().addAll("strip-line", styleClass(to));
        HBox.setHgrow(line, Priority.ALWAYS);
        return line;
    }

    private static String styleClass(StripStep step) {
        return "look-" + step.look().name().toLowerCase(Locale.ROOT);
    }
}
