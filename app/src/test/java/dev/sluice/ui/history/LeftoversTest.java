package dev.sluice.ui.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Folders;
import dev.sluice.job.RunHistory;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.RunStory;
import dev.sluice.job.TestRuns;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class LeftoversTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Path home;
    private final RunHistory history;

    LeftoversTest(@TempDir Path home) {
        this.home = home;
        this.history = RunHistory.of(Folders.under(home));
    }

    private RunRecord keep(String id, String database, Outcome outcome, int second)
            throws Exception {
        RunRecord run = TestRuns.backup(id, database, outcome, NOW.plusSeconds(second));
        TestRuns.keep(history, run, RunStory.NONE);
        return run;
    }

    @Test
    void nothingIsLeftWhereNothingRan() throws Exception {
        assertThat(Leftovers.find(history))
                .isEqualTo(new Leftovers(List.of(), List.of(), List.of()));
    }

    @Test
    void anInterruptedRunIsNewsUntilItsDatabaseWasBackedUpAgain() throws Exception {
        keep("a", "Sales", Outcome.INTERRUPTED, 1);
        keep("b", "Sales", Outcome.COMPLETED, 2);
        keep("c", "Stock", Outcome.COMPLETED, 1);
        RunRecord news = keep("d", "Stock", Outcome.INTERRUPTED, 2);
        assertThat(Leftovers.find(history).interrupted()).containsExactly(news);
    }

    @Test
    void findsWhatADeadRunLeftBelowADestinationOfTheHistory() throws Exception {
        Path set = leave("20261121-100000-full");
        assertThat(Leftovers.find(history).remains()).containsExactly(set);
        assertThat(Leftovers.find(history).logs()).isEmpty();
    }

    @Test
    void tellsTheRemainsOfALogBackupApart() throws Exception {
        Path log = leave("20261121-100000-log");
        assertThat(Leftovers.find(history).logs()).containsExactly(log);
        assertThat(Leftovers.find(history).remains()).isEmpty();
    }

    private Path leave(String folder) throws Exception {
        Path set = home.resolve("backups/embedded/Sales").resolve(folder);
        Files.createDirectories(set);
        Files.writeString(set.resolve("stripe-01.bak.partial"), "half a backup");
        TestRuns.keep(
                history,
                TestRuns.backup("a", "Sales", Outcome.INTERRUPTED, NOW, set),
                RunStory.NONE);
        return set;
    }
}
