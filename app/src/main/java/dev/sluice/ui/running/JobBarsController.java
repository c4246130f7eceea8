package dev.sluice.ui.running;

import dev.sluice.ui.common.Nodes;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bar for each job, whatever page is shown: a job is never out of sight. When there are many,
 * they scroll, so that the page below keeps most of the window.
 */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class JobBarsController {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    /** The most of the window's height that bars take. */
    private static final double SHARE = 0.25;

    private final JobsViewModel jobs;
    private final JobViews views;
    private final Map<JobViewModel, Parent> bars = new HashMap<>();
    @FXML private ScrollPane root;
    @FXML private VBox list;
    @FXML private Button closeEnded;

    /** A controller over all jobs. */
    public JobBarsController(JobsViewModel jobs, JobViews views) {
        this.jobs = jobs;
        this.views = views;
    }

    @FXML
    void initialize() {
        ListChangeListener<JobViewModel> follow = change -> show();
        jobs.jobs().addListener(follow);
        Nodes.drawOnlyChanges(root);
        jobs.selected().subscribe(this::mark);
        jobs.running().subscribe(this::offerToCloseEnded);
        Nodes.showWhen(root, Bindings.isNotEmpty(jobs.jobs()));
        root.maxHeightProperty()
                .bind(root.sceneProperty().flatMap(Scene::heightProperty).map(this::most));
        // or the page below, which would like more than there is, presses it together
        root.minHeightProperty()
                .bind(Bindings.min(list.heightProperty(), root.maxHeightProperty()));
        show();
    }

    private void show() {
        List<JobViewModel> now = jobs.jobs();
        bars.keySet().stream().filter(job -> !now.contains(job)).forEach(views::forget);
        bars.keySet().retainAll(now);
        List<Parent> shown =
                now.stream().map(job -> bars.computeIfAbsent(job, views::bar)).toList();
        list.getChildren().remove(0, list.getChildren().size() - 1);
        list.getChildren().addAll(0, shown);
        offerToCloseEnded();
        mark(jobs.selected().get());
    }

    private void offerToCloseEnded() {
        int ended = jobs.jobs().size() - jobs.running().get();
        Nodes.show(closeEnded, ended > 1);
    }

    @FXML
    void closeEnded() {
        jobs.putAwayEnded();
    }

    private double most(Number height) {
        return height.doubleValue() * SHARE;
    }

    private void mark(@Nullable JobViewModel selected) {
        boolean several = bars.size() > 1;
        for (Map.Entry<JobViewModel, Parent> bar : bars.entrySet()) {
            Node node = bar.getValue();
            node.pseudoClassStateChanged(SELECTED, several && bar.getKey() == selected);
        }
        Parent shown = bars.get(selected);
        if (shown != null) {
            bringIntoView(shown.getBoundsInParent());
        }
    }

    // a new bar, which has no place yet, comes first
    private void bringIntoView(Bounds bar) {
        double height = root.getViewportBounds().getHeight();
        double hidden = list.getHeight() - height;
        if (hidden <= 0) {
            return;
        }
        double top = root.getVvalue() * hidden;
        if (bar.getMinY() < top) {
            root.setVvalue(bar.getMinY() / hidden);
        } else if (bar.getMaxY() > top + height) {
            root.setVvalue((bar.getMaxY() - height) / hidden);
        }
    }
}
