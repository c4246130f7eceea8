package dev.sluice.cli;

import dev.sluice.job.DrainStep;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells a job as lines for a file or a pipe: what is new since the last look. The job's own log
 * tells its states. One instance per job; one thread.
 */
final class PlainView {

    private static final int PERCENT_STEP = 10;

    private final Set<DrainStep.Phase> drained = EnumSet.noneOf(DrainStep.Phase.class);
    private int events;
    private int percent;

    /** The lines that this snapshot adds. */
    List<String> news(JobSnapshot job) {
        List<String> lines = new ArrayList<>();
        job.events().stream().skip(events).map(PlainView::event).forEach(lines::add);
        events = Math.max(events, job.events().size());
        addProgress(job, lines);
        addDrain(job, lines);
        return lines;
    }

    private static String event(JobEvent event) {
        String mark =
                switch (event.level()) {
                    case INFO -> "";
                    case SERVER -> "server: ";
                    case WARNING -> "warning: ";
                    case ERROR -> "error: ";
                };
        return mark + event.text();
    }

    private void addProgress(JobSnapshot job, List<String> lines) {
        int reached = (int) (job.progress().fraction() * 100) / PERCENT_STEP * PERCENT_STEP;
        if (reached > percent) {
            percent = reached;
            lines.add(percent + " percent, " + Words.of(job.progress()));
        }
    }

    private void addDrain(JobSnapshot job, List<String> lines) {
        for (DrainStep step : job.drain()) {
            if (step.status() == DrainStep.Status.DONE && drained.add(step.phase())) {
                String detail = step.detail().isEmpty() ? "" : ": " + step.detail();
                lines.add(
                        "done: "
                                + Words.of(step, job.kind())
                                + " ("
                                + Text.duration(step.elapsed())
                                + ")"
                                + detail);
            }
        }
    }
}
