package dev.sluice.cli;

import dev.sluice.job.JobEvent;
import dev.sluice.job.JobSnapshot;

import java.util.List;

/** Redraws the job in place; warnings and errors stay above it. */
final class LiveScreen implements JobScreen {

    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private final LiveView view;
    private List<ScreenLine> block = List.of();
    private int drawn;
    private int events;

    LiveScreen(Terminal terminal) {
        this.terminal = terminal;
        this.view = new LiveView(Glyphs.of(terminal.charset()));
    }

    @Override
    public void show(JobSnapshot job) {
        // one column stays free: a full line would wrap on some terminals
        block = view.lines(job, terminal.columns() - 1, terminal.rows());
        paint(loud(job));
    }

    @Override
    public void say(List<String> lines) {
        paint(lines.stream().map(ScreenLine::plain).toList());
    }

    @Override
    public void end(JobSnapshot job) {
        block = view.drain(job).stream().map(line -> line.cut(terminal.columns() - 1)).toList();
        paint(loud(job));
        drawn = 0;
    }

    private List<ScreenLine> loud(JobSnapshot job) {
        List<ScreenLine> lines =
                job.events().stream()
                        .skip(events)
                        .filter(LiveScreen::isLoud)
                        .map(event -> new ScreenLine(event.text(), ScreenLine.Look.ATTENTION))
                        .toList();
        events = job.events().size();
        return lines;
    }

    private static boolean isLoud(JobEvent event) {
        return event.level() == JobEvent.Level.WARNING || event.level() == JobEvent.Level.ERROR;
    }

    private void paint(List<ScreenLine> staying) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[%dA".formatted(drawn));
        }
        staying.forEach(line -> append(line, text));
        block.forEach(line -> append(line, text));
        text.append(CLEAR_BELOW);
        drawn = block.size();
        terminal.out().print(text);
        terminal.out().flush();
    }

    private static void append(ScreenLine line, StringBuilder text) {
        text.append('\r')
                .append(line.look().paint(line.text()))
                .append(CLEAR_TO_END_OF_LINE)
                .append('\n');
    }
}
