package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.job.BackupHealth.Log;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.UserAccess;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

class BackupRuleTest {

    private static final String DEVICE = "Sluice-0b5e";
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
                .isEqualTo(
                        new BackupHealth(
                                BackupHealth.State.FAILED,
                                Log.GOOD,
                                List.of(new KnownBackup.Own(good)),
                                good,
                                failed));
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

    // ---- what did not pass its verification

    @ParameterizedTest
    @EnumSource(
            value = JobKind.class,
            names = {"VERIFICATION", "CHECK"})
    void aBackupThatDidNotPassItsLastVerificationIsNoneAndIsToldOf(JobKind kind) {
        RunRecord older = ofSet("a", 5);
        RunRecord doubted = ofSet("b", 3);
        RunRecord verdict = verified(kind, Outcome.FAILED, "b", 2);
        BackupHealth health = judge(older, doubted, verdict);
        assertThat(health.state()).isEqualTo(BackupHealth.State.FAILED);
        assertThat(health.failure()).isEqualTo(verdict);
        assertThat(health.backups()).containsExactly(new KnownBackup.Own(older));
        assertThat(judge(doubted, verdict).backups()).as("none is left").isEmpty();
    }

    @Test
    void aVerificationThatTheSetPassesLaterClearsIt() {
        RunRecord failed = verified(JobKind.VERIFICATION, Outcome.FAILED, "b", 2);
        RunRecord passed = verified(JobKind.VERIFICATION, Outcome.COMPLETED, "b", 1);
        RunRecord ours = verified(JobKind.CHECK, Outcome.COMPLETED, "b", 1);
        RunRecord stopped = verified(JobKind.VERIFICATION, Outcome.CANCELLED, "b", 1);
        assertThat(judge(ofSet("b", 3), failed, passed).state()).isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(ofSet("b", 3), failed, ours).state())
                .as("the bytes are those that the server refused")
                .isEqualTo(BackupHealth.State.FAILED);
        RunRecord found = verified(JobKind.CHECK, Outcome.FAILED, "b", 2);
        assertThat(judge(ofSet("b", 3), found, ours).state()).isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(ofSet("b", 3), found, passed).state()).isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(ofSet("b", 3), failed, stopped).state())
                .as("one that was stopped says nothing")
                .isEqualTo(BackupHealth.State.FAILED);
    }

    @Test
    void aBackupMadeAfterTheDoubtedOneMakesUpForItWheneverItWasVerified() {
        RunRecord verdict = verified(JobKind.VERIFICATION, Outcome.FAILED, "a", 1);
        assertThat(judge(ofSet("a", 5), ofSet("b", 3), verdict).state())
                .isEqualTo(BackupHealth.State.GOOD);
        RunRecord log = HistoryRows.of("log", ofSet("b", 3));
        assertThat(judge(ofSet("a", 5), log, verdict).failure()).isEqualTo(verdict);
    }

    @Test
    void theNextLogBackupHoldsNothingOfADamagedOne() {
        RunRecord full = ofSet("a", 5);
        RunRecord damaged = HistoryRows.of("log", ofSet("b", 4));
        RunRecord verdict = verified(JobKind.CHECK, Outcome.FAILED, "b", 3);
        RunRecord next = HistoryRows.of("log", ofSet("c", 2));
        assertThat(judge(full, damaged, verdict, next).failure()).isEqualTo(verdict);
        assertThat(judge(full, damaged, verdict, next, ofSet("d", 1)).failure()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the damaged one | what was backed up since, in order | can the latest be restored
                "full            |                                     | false",
                "full            | log                                 | false",
                "full            | diff                                | false",
                "full            | full                                | true",
                "full            | full; diff                          | true",
                "full            | full copy-only                      | true",
                "full            | full copy-only; log                 | true",
                "full            | diff; full copy-only                | true",
                "full            | full copy-only; diff                | false",
                "full            | full copy-only; diff, files         | false",
                "full            | full copy-only; diff; log           | false",
                "full            | full copy-only; diff; full          | true",
                "full            | full; full copy-only; diff          | true",
                "full copy-only  |                                     | false",
                "full copy-only  | full                                | true",
                "full copy-only  | full copy-only; diff                | true",
                "full copy-only  | diff                                | true",
                "full copy-only  | log                                 | true",
                "full copy-only  | diff, files                         | false",
                "full, files     | full, files                         | true",
                "full, files     | full copy-only                      | true",
                "full, files     | full copy-only; diff, files         | false",
                "diff            | log                                 | false",
                "diff            | diff                                | true",
                "diff            | full copy-only; diff                | true",
                "log             | log                                 | false",
                "log             | log copy-only                       | false",
                "log             | diff                                | true",
                "log             | diff; log                           | true",
                "log             | full copy-only                      | true",
                "log             | full copy-only; diff                | true",
                "log copy-only   | log                                 | true",
                "log copy-only   | log copy-only                       | true"
            })
    void aDamagedBackupIsMadeUpForWhereTheLatestStateCanBeRestoredWithoutIt(
            String damaged, @Nullable String since, boolean isMadeUpFor) {
        List<RunRecord> runs = new ArrayList<>();
        runs.add(kindOf("full", "a good one before", 20));
        runs.add(kindOf(damaged, "damaged", 10));
        int hoursAgo = 8;
        for (String kind : since == null ? new String[0] : since.split("; ")) {
            runs.add(kindOf(kind, "since-" + hoursAgo, hoursAgo--));
        }
        RunRecord verdict = verified(JobKind.CHECK, Outcome.FAILED, "damaged", 1);
        runs.add(verdict);
        assertThat(judge(runs.toArray(RunRecord[]::new)).failure())
                .isEqualTo(isMadeUpFor ? null : verdict);
    }

    private static RunRecord kindOf(String kind, String set, int hoursAgo) {
        String copyOnly = " copy-only";
        RunRecord run = HistoryRows.of(kind.replace(copyOnly, ""), ofSet(set, hoursAgo));
        return HistoryRows.with(
                run, statement(set, kind.endsWith(copyOnly) ? "COPY_ONLY" : "FORMAT"));
    }

    @Test
    void aVerificationThatCouldNotReadTheSetLeavesItsVerdict() {
        RunRecord unread =
                HistoryRows.with(
                        verified(JobKind.CHECK, Outcome.FAILED, "b", 1), RunRecord.Finding.NONE);
        RunRecord damaged = verified(JobKind.VERIFICATION, Outcome.FAILED, "b", 2);
        assertThat(judge(ofSet("b", 3), unread).state()).isEqualTo(BackupHealth.State.GOOD);
        assertThat(judge(ofSet("b", 3), damaged, unread).failure()).isEqualTo(damaged);
    }

    @Test
    void aDamagedBackupStaysOneWhenTheDatabaseWasRestoredSince() {
        RunRecord damaged = HistoryRows.with(ofSet("b", 3), statement(DEVICE, "FORMAT"));
        RunRecord verdict = verified(JobKind.CHECK, Outcome.FAILED, "b", 3);
        RecordedBackup same = recorded(BackupType.FULL, false, 3, DEVICE);
        assertThat(judgeCreated(2, told(List.of(same)), damaged, verdict).backups()).isEmpty();
    }

    @Test
    void whatTheServerRecordedOfADoubtedBackupIsNoOther() {
        RunRecord doubted = HistoryRows.with(ofSet("b", 3), statement(DEVICE, "FORMAT"));
        RecordedBackup same = recorded(BackupType.FULL, false, 3, DEVICE);
        RunRecord verdict = verified(JobKind.VERIFICATION, Outcome.FAILED, "b", 2);
        assertThat(judge(List.of(same), doubted, verdict).backups()).isEmpty();
    }

    private static RunRecord ofSet(String set, int hoursAgo) {
        return verified(JobKind.BACKUP, Outcome.COMPLETED, set, hoursAgo);
    }

    private static RunRecord verified(JobKind kind, Outcome outcome, String set, int hoursAgo) {
        Instant started = NOW.minus(Duration.ofHours(hoursAgo));
        return HistoryRows.ofSet(kind, outcome, Path.of("/sets", set), started, "window", null);
    }

    // ---- a database that was made anew

    @Test
    void aBackupOfAFormerDatabaseOfTheNameIsNoneOfThisOne() {
        RunRecord former = run(Outcome.COMPLETED, 3);
        BackupHealth health = judgeCreated(2, told(List.of()), former, run(Outcome.FAILED, 4));
        assertThat(health.state()).isEqualTo(BackupHealth.State.NEVER);
        assertThat(health.own()).as("what can be restored here").isEqualTo(former);
        assertThat(judgeCreated(2, told(List.of()), former, run(Outcome.COMPLETED, 1)).state())
                .isEqualTo(BackupHealth.State.GOOD);
    }

    @Test
    void ofADatabaseThatWasRestoredTheServersRecordTellsWhatWasBackedUpBefore() {
        // the server's record knows databases by their family
        RunRecord before = HistoryRows.with(run(Outcome.COMPLETED, 3), statement(DEVICE, "FORMAT"));
        RecordedBackup same = recorded(BackupType.FULL, false, 3, DEVICE);
        assertThat(judgeCreated(2, told(List.of(same)), before).backups())
                .containsExactly(new KnownBackup.Recorded(same));
        RunRecord failed = HistoryRows.with(run(Outcome.FAILED, 3), statement(DEVICE, "FORMAT"));
        assertThat(judgeCreated(2, told(List.of(same)), failed).state())
                .as("what Sluice threw away")
                .isEqualTo(BackupHealth.State.NEVER);
    }

    @Test
    void whereTheRecordCannotBeReadNobodyElseTellsOfBackupsBeforeARestore() {
        BackupRecord unread =
                new BackupRecord(BackupRecord.Gap.NOT_READ, List.of(), Told.asIs("no"));
        assertThat(judgeCreated(2, unread, run(Outcome.COMPLETED, 3)).state())
                .isEqualTo(BackupHealth.State.GOOD);
    }

    private static BackupHealth judgeCreated(int hoursAgo, BackupRecord record, RunRecord... runs) {
        DatabaseInfo young =
                new DatabaseInfo(
                        "Sales",
                        DatabaseInfo.State.ONLINE,
                        "SIMPLE",
                        1,
                        false,
                        true,
                        false,
                        UserAccess.MULTI_USER,
                        NOW.minus(Duration.ofHours(hoursAgo)));
        return judge(BackupRule.DAILY, young, record, runs);
    }

    // ---- what the server recorded

    @Test
    void aBackupByAnotherToolCountsAsOneOfOurs() {
        RecordedBackup other = recorded(BackupType.FULL, 2);
        BackupHealth health = judge(List.of(other), run(Outcome.COMPLETED, 48));
        assertThat(health.state()).isEqualTo(BackupHealth.State.GOOD);
        assertThat(health.backups()).containsExactly(new KnownBackup.Recorded(other));
        assertThat(health.own()).as("what can be restored here").isNotNull();
        assertThat(judge(List.of(recorded(BackupType.FULL, 25))).state())
                .isEqualTo(BackupHealth.State.OVERDUE);
    }

    @ParameterizedTest
    @CsvSource({
        // other tool's backup, our failed one, each hours ago
        "1, 3, GOOD",
        "3, 1, FAILED",
        "25, 30, OVERDUE"
    })
    void aFailureIsOverWhenAnotherToolHasBackedUpSince(
            int other, int failed, BackupHealth.State state) {
        BackupHealth health =
                judge(List.of(recorded(BackupType.FULL, other)), run(Outcome.FAILED, failed));
        assertThat(health.state()).isEqualTo(state);
        assertThat(health.failure() != null).isEqualTo(state == BackupHealth.State.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void aBackupOfOursIsJudgedByOurHistoryWhateverTheServerRecorded(Outcome outcome) {
        RunRecord run = HistoryRows.with(run(outcome, 2), statement(DEVICE, "NAME = N'x'"));
        BackupHealth health = judge(List.of(recorded(BackupType.FULL, false, 2, DEVICE)), run);
        assertThat(health).isEqualTo(judge(run));
        assertThat(health.backups()).hasSize(outcome == Outcome.COMPLETED ? 1 : 0);
    }

    @Test
    void onlyABackupThatWasFinishedAfterTheFailureMakesUpForIt() {
        RecordedBackup other = recorded(BackupType.FULL, 2);
        // a run of ours fails a minute after its start
        Instant ended = other.finished();
        assertThat(judge(List.of(other), run(Outcome.FAILED, ended.minusSeconds(59))).failure())
                .isNotNull();
        for (int seconds : List.of(60, 300, 1_000)) {
            RunRecord before = run(Outcome.FAILED, ended.minusSeconds(seconds));
            assertThat(judge(List.of(other), before).failure()).isNull();
        }
    }

    @Test
    void whenAnInterruptedOneEndedNobodyKnowsSoWhatMakesUpForItBeganAfterIt() {
        RecordedBackup other = recorded(BackupType.FULL, 2);
        Instant began = other.started();
        for (int seconds : List.of(1, 300)) {
            RunRecord during = run(Outcome.INTERRUPTED, began.plusSeconds(seconds));
            assertThat(judge(List.of(other), during).failure()).isEqualTo(during);
        }
        assertThat(
                        judge(List.of(other), run(Outcome.INTERRUPTED, began.minusSeconds(60)))
                                .failure())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what failed | what was backed up since, copy-only | whether that makes up for it
                "full        | full          | false | true",
                "full        | full          | true  | true",
                "full        | diff          | false | false",
                "full        | log           | false | false",
                "full        | full, files   | false | false",
                "full        | full, partial | false | false",
                "diff        | full          | false | true",
                "diff        | diff          | false | true",
                "diff        | log           | false | false",
                "log         | full          | false | true",
                "log         | diff          | false | true",
                "log         | log           | false | true",
                "log         | log           | true  | false",
                "log         | full, files   | false | false",
                "full, files | full          | false | true",
                "full, files | full, files   | false | true",
                "full, files | diff, files   | false | false",
                "full, files | full, partial | false | false",
                "diff, files | full, files   | false | true",
                "            | full          | false | true",
                "            | full, files   | false | false",
                "hourly      | full          | false | true",
                "hourly      | log           | false | false"
            })
    void onlyABackupThatHoldsAsMuchMakesUpForAFailure(
            @Nullable String failed, String made, boolean copyOnly, boolean isOver) {
        RunRecord failure = HistoryRows.of(failed, run(Outcome.FAILED, 3));
        RunRecord since =
                HistoryRows.with(
                        HistoryRows.of(made, run(Outcome.COMPLETED, 1)),
                        statement(DEVICE, copyOnly ? "COPY_ONLY" : "FORMAT"));
        assertThat(judge(failure, since).state())
                .isEqualTo(isOver ? BackupHealth.State.GOOD : BackupHealth.State.FAILED);
    }

    @Test
    void theEndOfALaterFailureLeavesTheEarlierOneOpen() {
        RunRecord full = run(Outcome.FAILED, 4);
        RunRecord log = HistoryRows.of("log", run(Outcome.FAILED, 3));
        RunRecord since = HistoryRows.of("log", run(Outcome.COMPLETED, 2));
        assertThat(judge(full, log).failure()).isEqualTo(log);
        assertThat(judge(full, log, since).failure()).isEqualTo(full);
    }

    @Test
    void aDeviceWhoseNameOursMerelyBeginsWithIsAnothers() {
        RunRecord failed = HistoryRows.with(run(Outcome.FAILED, 2), statement(DEVICE + "-2", ""));
        assertThat(judge(List.of(recorded(BackupType.FULL, false, 1, DEVICE)), failed).backups())
                .hasSize(1);
    }

    @Test
    void theLastOfEachTypeIsToldNewestFirstAndCopyOnlyOnesApart() {
        RecordedBackup full = recorded(BackupType.FULL, 90);
        RecordedBackup copy = recorded(BackupType.FULL, true, 30, "E:\\copy.bak");
        RecordedBackup log = recorded(BackupType.LOG, 1);
        RunRecord older = run(Outcome.COMPLETED, 95);
        assertThat(judge(List.of(full, copy, log), older).backups())
                .containsExactly(
                        new KnownBackup.Recorded(log),
                        new KnownBackup.Recorded(copy),
                        new KnownBackup.Recorded(full));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH COPY_ONLY, FORMAT                        | true",
                "WITH FORMAT, NAME = N'COPY_ONLY'              | false",
                "WITH FORMAT, NAME = N'it''s', DESCRIPTION = N'COPY_ONLY' | false",
                "WITH COPY_ONLY, NAME = N'it''s'               | true"
            })
    void whetherOneOfOursWasCopyOnlyItsStatementTells(String options, boolean copyOnly) {
        RunRecord run =
                HistoryRows.with(
                        run(Outcome.COMPLETED, 1),
                        "BACKUP DATABASE [a]]COPY_ONLY] TO VIRTUAL_DEVICE = N'x' " + options);
        assertThat(new KnownBackup.Own(run).copyOnly()).isEqualTo(copyOnly);
    }

    // ---- the log

    @ParameterizedTest
    @CsvSource({
        // recovery model, log chain, hours since the last log backup (none), copy-only; judgement
        "FULL,        true,  1,  false, GOOD",
        "FULL,        true,  25, false, OVERDUE",
        "FULL,        true,  ,   false, NEVER",
        "BULK_LOGGED, true,  ,   false, NEVER",
        "FULL,        true,  1,  true,  NEVER",
        "FULL,        false, ,   false, GOOD",
        "SIMPLE,      true,  ,   false, GOOD"
    })
    void aLogThatIsKeptWantsBackupsThatFreeItOrTheDatabaseIsNotWellBackedUp(
            String model, boolean chain, @Nullable Integer hours, boolean copyOnly, Log log) {
        List<RecordedBackup> record = new ArrayList<>(List.of(recorded(BackupType.FULL, 2)));
        if (hours != null) {
            record.add(recorded(BackupType.LOG, copyOnly, hours, "E:\\sales.trn"));
        }
        DatabaseInfo sales = database("Sales", model, chain);
        assertThat(judge(BackupRule.DAILY, sales, told(record)).log()).isEqualTo(log);
        assertThat(judge(BackupRule.DAILY, sales, told(record)).state())
                .isEqualTo(log == Log.GOOD ? BackupHealth.State.GOOD : BackupHealth.State.LOG);
    }

    @Test
    void nothingIsSaidOfALogWhenTheRecordCannotBeReadNorOfThatOfModel() {
        BackupRecord hidden =
                new BackupRecord(BackupRecord.Gap.NOT_PERMITTED, List.of(), Told.asIs("Msg 229"));
        RunRecord full = run(Outcome.COMPLETED, 1);
        assertThat(judge(BackupRule.DAILY, database("Sales", "FULL", true), hidden, full).log())
                .isEqualTo(Log.GOOD);
        assertThat(
                        judge(BackupRule.DAILY, database("model", "FULL", true), BackupRecord.EMPTY)
                                .log())
                .isEqualTo(Log.GOOD);
    }

    @ParameterizedTest
    @EnumSource(BackupRecord.Gap.class)
    void neverIsSaidOnlyWhereSomebodyWouldKnow(BackupRecord.Gap gap) {
        DatabaseInfo sales = database("Sales", "SIMPLE", false);
        BackupRecord record = new BackupRecord(gap, List.of(), Told.NOTHING);
        BackupHealth.State none =
                gap == BackupRecord.Gap.NONE
                        ? BackupHealth.State.NEVER
                        : BackupHealth.State.UNKNOWN;
        assertThat(judge(BackupRule.DAILY, sales, record).state()).isEqualTo(none);
        RunRecord failed = run(Outcome.FAILED, 1);
        assertThat(judge(BackupRule.DAILY, sales, record, failed).state())
                .isEqualTo(BackupHealth.State.FAILED);
        RunRecord good = run(Outcome.COMPLETED, 1);
        assertThat(judge(BackupRule.DAILY, sales, record, good).state())
                .isEqualTo(BackupHealth.State.GOOD);
    }

    private static RunRecord run(Outcome outcome, int hoursAgo) {
        return run(outcome, NOW.minus(Duration.ofHours(hoursAgo)));
    }

    private static RunRecord run(Outcome outcome, Instant started) {
        return HistoryRows.backup("prod", "Sales", outcome, started);
    }

    private static RecordedBackup recorded(BackupType type, int hoursAgo) {
        return recorded(type, false, hoursAgo, "E:\\sales.bak");
    }

    private static RecordedBackup recorded(
            BackupType type, boolean copyOnly, int hoursAgo, String device) {
        return new RecordedBackup(
                "Sales",
                type,
                null,
                copyOnly,
                NOW.minus(Duration.ofHours(hoursAgo).plusMinutes(10)),
                NOW.minus(Duration.ofHours(hoursAgo)),
                "CORP\\agent",
                device);
    }

    private static String statement(String device, String options) {
        return "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'%s' WITH %s"
                .formatted(device, options);
    }

    private static DatabaseInfo database(String name, String model, boolean chain) {
        return new DatabaseInfo(name, DatabaseInfo.State.ONLINE, model, 1, false, true, chain);
    }

    private static BackupRecord told(List<RecordedBackup> backups) {
        return new BackupRecord(BackupRecord.Gap.NONE, backups, Told.NOTHING);
    }

    private static BackupHealth judge(RunRecord... runs) {
        return judge(BackupRule.DAILY, runs);
    }

    private static BackupHealth judge(BackupRule rule, RunRecord... runs) {
        return judge(rule, database("Sales", "SIMPLE", false), BackupRecord.EMPTY, runs);
    }

    private static BackupHealth judge(List<RecordedBackup> recorded, RunRecord... runs) {
        DatabaseInfo sales = database("Sales", "SIMPLE", false);
        return judge(BackupRule.DAILY, sales, told(recorded), runs);
    }

    private static BackupHealth judge(
            BackupRule rule, DatabaseInfo database, BackupRecord record, RunRecord... runs) {
        Map<String, BackupHealth> judged =
                rule.judge(
                        "prod",
                        List.of(database),
                        Stream.of(runs)
                                .sorted(Comparator.comparing(RunRecord::started).reversed())
                                .toList(),
                        record,
                        NOW);
        return Objects.requireNonNull(judged.get(database.name()), "a judgement");
    }
}
