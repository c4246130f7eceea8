package dev.sluice.job;

import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Puts runs into a history that no job has made. */
public final class TestRuns {

    private TestRuns() {}

    /** A full backup of a database of the server {@code embedded} that took 21 seconds. */
    public static RunRecord backup(
            String id, String database, RunRecord.Outcome outcome, Instant started) {
        return backup(
                id,
                database,
                outcome,
                started,
                Path.of("/srv/backups/embedded/" + database + "/20261120-210405-full"));
    }

    /** The same into a set of the test's choice. */
    public static RunRecord backup(
            String id, String database, RunRecord.Outcome outcome, Instant started, Path set) {
        return new RunRecord(
                id,
                JobKind.BACKUP,
                "embedded",
                database,
                "full",
                outcome,
                started,
                Duration.ofSeconds(21),
                1_234_567_890L,
                "profile nightly",
                "BACKUP DATABASE [" + database + "] TO VIRTUAL_DEVICE = N'Sluice-1' WITH CHECKSUM",
                set,
                Told.asIs(outcome + " as the test wants it"),
                RunRecord.Finding.NONE);
    }

    /** Keeps a run and its story. */
    public static void keep(RunHistory history, RunRecord run, RunStory story) throws IOException {
        history.begin(run);
        history.end(run, story);
    }
}
