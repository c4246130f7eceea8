package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.job.RunRecord.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

class BackupRuleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aRecentBackupIsGood() {
        assertThat(judge(run(Outcome.COMPLETED, 2)).state()).isEqualTo(BackupHealth.State.GOOD);
    }

    @Test
    void theAgeCountsFromTheEndOfTheBackup() {
        // each run takes a minute
        Instant justInTime = NOW.minus(Duration.ofHours(24).plusMinutes(1));
        assertThat(judge(run(Outcome.COMPLETED, justInTime)).state())
                .isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(run(Outcome.COMPLETED, justInTime.minusMillis(1))).state())
                .isEqualTo(BackupHealth.State.OVERDUE);
    }

    @Test
    void aFailureSinceTheLastBackupIsToldWithBoth() {
        RunRecord good = run(Outcome.COMPLETED, 3);
        RunRecord failed = run(Outcome.FAILED, 1);
        assertThat(judge(good, failed))
                .isEqualTo(new BackupHealth(BackupHealth.State.FAILED, good, failed));
    }

    @Test
    void aBackupAfterTheFailureMakesItGood() {
        assertThat(judge(run(Outcome.FAILED, 3), run(Outcome.COMPLETED, 1)).failure()).isNull();
        assertThat(judge(run(Outcome.FAILED, 3), run(Outcome.COMPLETED, 1)).state())
                .isEqualTo(BackupHealth.State.GOOD);
    }

    @Test
    void theNewestOfSeveralFailuresIsTold() {
        RunRecord newest = run(Outcome.INTERRUPTED, 1);
        assertThat(judge(run(Outcome.FAILED, 3), newest).failure()).isEqualTo(newest);
    }

    @Test
    void aCancelledAttemptAndOneThatGoesOnChangeNothing() {
        assertThat(
                        judge(
                                        run(Outcome.COMPLETED, 3),
                                        run(Outcome.CANCELLED, 2),
                                        run(Outcome.RUNNING, 1))
                                .state())
                .isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(run(Outcome.CANCELLED, 1)).state()).isEqualTo(BackupHealth.State.NEVER);
    }

    @Test
    void restoresAndOtherServersSayNothing() {
        RunRecord restore =
                HistoryRows.row(
                        JobKind.RESTORE,
                        "prod",
                        "Sales",
                        Outcome.COMPLETED,
                        NOW.minusSeconds(3_600),
                        "window");
        RunRecord elsewhere =
                HistoryRows.backup("test", "Sales", Outcome.COMPLETED, NOW.minusSeconds(3_600));
        assertThat(judge(restore, elsewhere).state()).isEqualTo(BackupHealth.State.NEVER);
    }

    @Test
    void anotherTimeCanBeChosenButNotNone() {
        BackupRule weekly = new BackupRule(Duration.ofDays(7));
        assertThat(judge(weekly, run(Outcome.COMPLETED, 100)).state())
                .isEqualTo(BackupHealth.State.GOOD);
        assertThatThrownBy(() -> new BackupRule(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RunRecord run(Outcome outcome, int hoursAgo) {
        return run(outcome, NOW.minus(Duration.ofHours(hoursAgo)));
    }

    private static RunRecord run(Outcome outcome, Instant started) {
        return HistoryRows.backup("prod", "Sales", outcome, started);
    }

    private static BackupHealth judge(RunRecord... runs) {
        return judge(BackupRule.DAILY, runs);
    }

    private static BackupHealth judge(BackupRule rule, RunRecord... runs) {
        Map<String, BackupHealth> judged =
                rule.judge(
                        "prod",
                        Stream.of(runs)
                                .sorted(Comparator.comparing(RunRecord::started).reversed())
                                .toList(),
                        NOW);
        return Objects.requireNonNull(
                judged.getOrDefault("Sales", BackupRule.neverBackedUp()), "a judgement");
    }
}
