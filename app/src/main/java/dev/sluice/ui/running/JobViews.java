package dev.sluice.ui.running;

import javafx.scene.Parent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The views of the jobs on the screen, each made once: a job's place in its lists outlives a look
 * elsewhere. FX thread.
 */
public final class JobViews {

    private final Map<JobViewModel, Parent> pages = new HashMap<>();
    private final Function<JobViewModel, Parent> bar;
    private final Function<JobViewModel, Parent> page;

    /**
     * @param bar makes the bar of a job
     * @param page makes the view of a job in all its parts
     */
    public JobViews(Function<JobViewModel, Parent> bar, Function<JobViewModel, Parent> page) {
        this.bar = bar;
        this.page = page;
    }

    /** A new bar of a job. */
    Parent bar(JobViewModel job) {
        return bar.apply(job);
    }

    /** The view of a job. */
    public Parent page(JobViewModel job) {
        return pages.computeIfAbsent(job, page);
    }

    /** Forgets a job that was put away. */
    void forget(JobViewModel job) {
        pages.remove(job);
    }
}
