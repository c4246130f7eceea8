package dev.sluice.ui.common;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** The newest verification of a backup set, in words. */
public final class VerdictWords {

    private VerdictWords() {}

    /**
     * What came of it, when, and by whom it was read.
     *
     * @param run a run that has come to a verdict; null when there was none
     */
    public static String of(@Nullable RunRecord run, Texts texts) {
        return run == null
                ? texts.get("restore.verified.never")
                : texts.of(
                        "restore.verified",
                        run.finding(),
                        Formats.dateTime(run.started()),
                        reader(run, texts));
    }

    /** What came of it, and how long ago, for a narrow column. */
    public static String inShort(@Nullable RunRecord run, Instant now, Texts texts) {
        return run == null
                ? texts.get("restore.verified.never")
                : texts.of("restore.verdict", run.finding(), Ages.of(run.started(), now, texts));
    }

    /** The same in a sentence, with who or what asked for it, and what was found to be wrong. */
    public static String sentence(RunRecord run, Texts texts) {
        String sentence =
                texts.of(
                        "verdict",
                        run.finding(),
                        Formats.dateTime(run.started()),
                        reader(run, texts),
                        TriggerWords.started(run.trigger(), texts));
        boolean damaged = run.finding() == RunRecord.Finding.DAMAGED;
        return damaged && run.told() != null ? sentence + "\n" + texts.tell(run.told()) : sentence;
    }

    private static String reader(RunRecord run, Texts texts) {
        return run.kind() == JobKind.CHECK
                ? texts.get("verdict.sluice")
                : texts.get("verdict.server", run.server());
    }
}
