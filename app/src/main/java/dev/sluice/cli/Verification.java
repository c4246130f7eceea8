package dev.sluice.cli;

import dev.sluice.job.SetCheck;
import dev.sluice.media.BackupSetException;
import dev.sluice.media.VerifyReport;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Verifies a set in front of a person; Ctrl-C stops it, for it only reads. */
final class Verification {

    private final CliContext context;
    private final String trigger;
    private final boolean json;

    /**
     * @param trigger who or what verifies, for the history
     * @param json whether standard output is for JSON only
     */
    Verification(CliContext context, String trigger, boolean json) {
        this.context = context;
        this.trigger = trigger;
        this.json = json;
    }

    /** What was found. That there is no set is a finding, too. */
    VerifyReport run(Path directory) throws IOException, InterruptedException {
        try {
            return read(directory);
        } catch (BackupSetException e) {
            return new VerifyReport(
                    0, List.of(new VerifyReport.Problem(null, -1, false, e.told())), false);
        }
    }

    private VerifyReport read(Path set) throws IOException, InterruptedException {
        Terminal terminal = context.terminal();
        PrintWriter words = json ? terminal.err() : terminal.out();
        VerifyProgress progress =
                new VerifyProgress(words, terminal.live() && !json, Glyphs.of(terminal.charset()));
        StopSignals.Listening listening = context.signals().listen(who -> progress.stop());
        try (listening) {
            return told(context.engine().check(set, trigger, progress));
        } finally {
            progress.end();
        }
    }

    private VerifyReport told(SetCheck check) {
        IOException notKept = check.notKept();
        if (notKept != null) {
            PrintWriter err = context.terminal().err();
            err.println("The history does not know of this verification: " + notKept);
            err.flush();
        }
        return check.report();
    }

    /** The code for what was found. */
    static int exitCode(VerifyReport report) {
        if (report.cancelled()) {
            return ExitCode.CANCELLED;
        }
        return report.isGood() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
