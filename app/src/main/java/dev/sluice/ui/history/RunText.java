package dev.sluice.ui.history;

import dev.sluice.job.DrainStep;
import dev.sluice.job.JobEvent;
import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.RunStory;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TriggerWords;
import dev.sluice.ui.common.TypeText;
import dev.sluice.ui.running.LogLine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A run in words. */
final class RunText {

    private final Texts texts;

    RunText(Texts texts) {
        this.texts = texts;
    }

    /** Such as {@code Backup of Sales}. */
    String title(RunRecord run) {
        return texts.of("history.title", run.kind(), run.database());
    }

    /** Such as {@code Backup, full}. */
    String what(RunRecord run) {
        String kind = texts.of("history.kind", run.kind());
        return run.type() == null
                ? kind
                : texts.get("history.kindAndType", kind, TypeText.ofHistory(run.type(), texts));
    }

    /** The time it took; unknown before the end. */
    String duration(RunRecord run) {
        return isOver(run) ? Formats.span(run.duration()) : texts.get("job.unknown");
    }

    /** What it moved; unknown before the end. */
    String size(RunRecord run) {
        return isOver(run) ? Formats.bytes(run.bytes()) : texts.get("job.unknown");
    }

    private static boolean isOver(RunRecord run) {
        return run.outcome() != Outcome.RUNNING && run.outcome() != Outcome.INTERRUPTED;
    }

    /** What is known about it, by name, in order. */
    Map<String, String> facts(RunRecord run, RunStory story) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(texts.get("history.what"), what(run));
        facts.put(texts.get("history.server"), run.server());
        facts.put(texts.get("history.started"), Formats.dateTime(run.started()));
        if (isOver(run)) {
            facts.put(texts.get("history.duration"), Formats.span(run.duration()));
            facts.put(texts.get("history.moved"), moved(run));
        }
        facts.put(texts.get("history.trigger"), TriggerWords.started(run.trigger(), texts));
        if (run.set() != null) {
            facts.put(texts.get("history.set"), run.set().toString());
        }
        if (story.command() != null) {
            facts.put(texts.get("history.command"), story.command());
        }
        return facts;
    }

    private String moved(RunRecord run) {
        Duration time = run.duration();
        String bytes = Formats.bytes(run.bytes());
        return time.isZero()
                ? bytes
                : texts.get(
                        "history.movedAt",
                        bytes,
                        Formats.rate(run.bytes() * 1000.0 / Math.max(1, time.toMillis())));
    }

    /** The name of a step of the drain. */
    String phase(DrainStep step, JobKind kind) {
        if (step.isFailure()) {
            return texts.get("drain.failure");
        }
        // a restore has no partial files; what became of its target was looked at instead
        boolean target =
                step.phase() == DrainStep.Phase.PARTIAL_FILES_REMOVED && kind == JobKind.RESTORE;
        return target ? texts.get("drain.targetChecked") : texts.of("drain.phase", step.phase());
    }

    /** How it ended; of a verification that found damage: that it did. */
    String outcome(RunRecord run) {
        return run.finding() == RunRecord.Finding.DAMAGED
                ? texts.get("history.outcome.damage")
                : texts.of("history.outcome", run.outcome());
    }

    /** All of it, for the clipboard. */
    String of(RunRecord run, RunStory story) {
        StringBuilder all = new StringBuilder();
        line(all, title(run) + ": " + outcome(run));
        facts(run, story).forEach((name, value) -> line(all, name + ": " + value));
        line(all, texts.get("history.id") + ": " + run.id());
        section(all, texts.tell(run.told()));
        section(all, Objects.toString(run.statement(), ""));
        story.devices()
                .forEach(
                        device ->
                                line(
                                        all,
                                        "%s  %s  %s"
                                                .formatted(
                                                        device.name(),
                                                        Formats.bytes(device.bytes()),
                                                        device.stripe())));
        story.drain().forEach(step -> line(all, step(step, run.kind())));
        section(all, "");
        story.events().forEach(event -> line(all, event(event)));
        return all.toString().strip() + "\n";
    }

    private String step(DrainStep step, JobKind kind) {
        return "%s  %s  %s"
                .formatted(
                        phase(step, kind),
                        Formats.shortSpan(step.elapsed()),
                        texts.tell(step.told()))
                .strip();
    }

    private String event(JobEvent event) {
        return LogLine.of(event, texts).toString();
    }

    private static void section(StringBuilder all, String text) {
        all.append('\n').append(text.isEmpty() ? "" : text + "\n");
    }

    private static void line(StringBuilder all, String text) {
        all.append(text).append('\n');
    }
}
