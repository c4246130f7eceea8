package dev.sluice.cli;

import dev.sluice.job.JobSnapshot;

import java.io.PrintWriter;
import java.util.List;

/** Writes a line for each thing that happens. */
final class PlainScreen implements JobScreen {

    private final PrintWriter out;
    private final PlainView view = new PlainView();

    PlainScreen(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(JobSnapshot job) {
        say(view.news(job));
    }

    @Override
    public void say(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    @Override
    public void end(JobSnapshot job) {
        show(job);
    }
}
