package dev.sluice.ui.running;

import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bar for each job, whatever page is shown: a job is never out of sight. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class JobBarsController {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final JobsViewModel jobs;
    private final JobViews views;
    private final Map<JobViewModel, Parent> bars = new HashMap<>();
    @FXML private VBox root;

    /** A controller over all jobs. */
    public JobBarsController(JobsViewModel jobs, JobViews views) {
        this.jobs = jobs;
        this.views = views;
    }

    @FXML
    void initialize() {
        ListChangeListener<JobViewModel> follow = change -> show();
        jobs.jobs().addListener(follow);
        jobs.selected().subscribe(this::mark);
        show();
    }

    private void show() {
        List<JobViewModel> now = jobs.jobs();
        bars.keySet().stream().filter(job -> !now.contains(job)).forEach(views::forget);
        bars.keySet().retainAll(now);
        List<Parent> shown =
                now.stream().map(job -> bars.computeIfAbsent(job, views::bar)).toList();
        root.getChildren().setAll(shown);
        mark(jobs.selected().get());
    }

    private void mark(@Nullable JobViewModel selected) {
        boolean several = bars.size() > 1;
        for (Map.Entry<JobViewModel, Parent> bar : bars.entrySet()) {
            Node node = bar.getValue();
            node.pseudoClassStateChanged(SELECTED, several && bar.getKey() == selected);
        }
    }
}
