package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.TestHome.Outcome;
import dev.sluice.job.BackupRecord;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.SqlSession;
import dev.sluice.tds.Message;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the server's record of backups tells of a database, down to the text of the question. */
@Timeout(120)
class RecordEndToEndTest {

    private static final String LEDGER = "Ledger";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    @TempDir private Path folder;
    private CommandLineBench bench;
    private ServerDatabase ledger;

    @BeforeEach
    void begin() throws Exception {
        bench = new CommandLineBench(folder);
        ledger = bench.server.createLive(LEDGER);
        ledger.fill(LEDGER, 3);
    }

    private void addServer() throws Exception {
        bench.done("server add prod", bench.address());
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private JsonNode told() {
        JsonNode databases = bench.json("databases --json --server prod", CommandLineBench.SECRET);
        assertThat(databases).hasSize(1);
        return databases.get(0);
    }

    /** When the only backup was made that the record tells of. */
    private List<Instant> recorded() throws Exception {
        try (SqlSession session = bench.server.asAdded().connect()) {
            return session.backups().stream().map(RecordedBackup::finished).toList();
        }
    }

    private RecordedRow row(String type, int hoursAgo) {
        return RecordedRow.of(ledger, type, now.minus(Duration.ofHours(hoursAgo)));
    }

    private Instant ago(int hours) {
        return now.minus(Duration.ofHours(hours));
    }

    @Test
    void aBackupByAnotherToolIsToldWithItsMaker() throws Exception {
        addServer();
        bench.server.record(row("D", 30));
        bench.server.record(row("D", 3));
        bench.server.record(row("I", 40));
        JsonNode told = told();
        assertThat(told.get("backupState").asString()).isEqualTo("good");
        assertThat(told.get("lastBackup").asString()).isEqualTo(ago(3).toString());
        assertThat(told.get("lastBackupType").asString()).isEqualTo("full");
        assertThat(told.get("lastBackupSource").asString()).isEqualTo("server");
        assertThat(told.get("lastBackupUser").asString()).isEqualTo("CORP\\agent");
        assertThat(bench.done("databases --server prod", CommandLineBench.SECRET))
                .contains("CORP\\agent", "good");
    }

    @Test
    void aMakerThatTheRecordDoesNotNameIsNull() throws Exception {
        addServer();
        bench.server.record(row("D", 3).by(null));
        JsonNode told = told();
        assertThat(told.get("lastBackupSource").asString()).isEqualTo("server");
        assertThat(told.get("lastBackupUser").isNull()).isTrue();
    }

    @Test
    void theNewestIsTheOneThatEndedLastNotTheOneThatWasWrittenLast() throws Exception {
        bench.server.record(row("D", 3));
        // the history of an old medium was loaded
        bench.server.record(row("D", 300));
        assertThat(recorded()).containsExactly(ago(3));
    }

    @Test
    void aBackupBySluiceIsToldOnceAndAsItsOwn() throws Exception {
        addServer();
        bench.backUp(LEDGER, "");
        JsonNode told = told();
        assertThat(told.get("backupState").asString()).isEqualTo("log");
        assertThat(told.get("lastBackupSource").asString()).isEqualTo("sluice");
        assertThat(told.get("lastBackupUser").isNull()).isTrue();
        assertThat(told.get("logState").asString()).isEqualTo("never");
        assertThat(bench.done("databases --server prod", CommandLineBench.SECRET))
                .contains("log never");
        bench.backUp(LEDGER, "--type log");
        assertThat(told().get("logState").asString()).isEqualTo("good");
        assertThat(told().get("backupState").asString()).isEqualTo("good");
        assertThat(told().get("lastLogBackup").isNull()).isFalse();
    }

    @Test
    void whatSluiceThrewAwayIsNoBackupThoughTheServerRecordedIt() throws Exception {
        addServer();
        bench.server.next(
                "BACKUP DATABASE",
                new Fault.FailAfterSuccess(new Message(3041, 16, 1, "BACKUP failed.")));
        Outcome failed =
                bench.sluice(
                        "backup --server prod --block-size 512 --database Ledger --to",
                        bench.backups,
                        CommandLineBench.SECRET);
        assertThat(failed.code()).isNotZero();
        JsonNode told = told();
        assertThat(told.get("backupState").asString()).isEqualTo("failed");
        assertThat(told.get("lastBackup").isNull()).isTrue();
    }

    @Test
    void whatSluiceThrewAwayHidesNoOlderBackupOfAnotherTool() throws Exception {
        addServer();
        bench.server.record(row("D", 3));
        bench.server.next(
                "BACKUP DATABASE",
                new Fault.FailAfterSuccess(new Message(3041, 16, 1, "BACKUP failed.")));
        assertThat(
                        bench.sluice(
                                        "backup --server prod --block-size 512 --database Ledger"
                                                + " --to",
                                        bench.backups,
                                        CommandLineBench.SECRET)
                                .code())
                .isNotZero();
        JsonNode told = told();
        assertThat(told.get("backupState").asString()).isEqualTo("failed");
        assertThat(told.get("lastBackup").asString()).isEqualTo(ago(3).toString());
        assertThat(told.get("lastBackupSource").asString()).isEqualTo("server");
    }

    @Test
    void aBackupOfADatabaseThatWasDroppedIsNoneOfTheOneThatNowHasItsName() throws Exception {
        addServer();
        bench.backUp(LEDGER, "");
        ledger.family = UUID.randomUUID();
        ledger.created = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(2);
        assertThat(told().get("backupState").asString()).isEqualTo("never");
    }

    static Stream<UnaryOperator<RecordedRow>> noGoodBackups() {
        return Stream.of(
                row -> row.with("is_snapshot"),
                row -> row.with("is_damaged"),
                row -> row.with("has_incomplete_metadata"),
                row -> row.on("NUL"),
                row -> row.on("nul:"),
                row -> row.of("STAGING"),
                row -> row.of(UUID.randomUUID()));
    }

    @ParameterizedTest
    @MethodSource("noGoodBackups")
    void whatCannotBeRestoredAsThisDatabaseHereDoesNotHideWhatCan(UnaryOperator<RecordedRow> change)
            throws Exception {
        bench.server.record(change.apply(row("D", 1)));
        assertThat(recorded()).isEmpty();
        bench.server.record(row("D", 5));
        bench.server.record(change.apply(row("D", 1)));
        assertThat(recorded()).containsExactly(ago(5));
    }

    @Test
    void aCopyIsTheLastBackupButFreesNothingOfTheLog() throws Exception {
        addServer();
        bench.backUp(LEDGER, "");
        bench.server.record(row("L", 30));
        bench.server.record(row("L", -1).with("is_copy_only"));
        JsonNode told = told();
        assertThat(told.get("lastBackupType").asString()).isEqualTo("log");
        assertThat(told.get("lastBackupCopyOnly").asBoolean()).isTrue();
        assertThat(told.get("lastLogBackup").asString()).isEqualTo(ago(30).toString());
        assertThat(told.get("logState").asString()).isEqualTo("overdue");
    }

    @ParameterizedTest
    @CsvSource({
        // local time, quarters of an hour from UTC; UTC
        "2026-01-10T12:00:00, -20, 2026-01-10T17:00:00Z",
        "2026-07-10T12:00:00, -16, 2026-07-10T16:00:00Z",
        "2026-01-10T12:00:00,  22, 2026-01-10T06:30:00Z",
        "2026-01-10T02:00:00,  56, 2026-01-09T12:00:00Z",
        "2026-01-10T12:00:00,   0, 2026-01-10T12:00:00Z",
        // where the offset is unknown, the present one is taken
        "2026-01-10T12:00:00, 127, 2026-01-10T17:00:00Z",
        "2026-01-10T12:00:00,    , 2026-01-10T17:00:00Z"
    })
    void theTimeIsThatOfTheServersClockInTheZoneOfThatDay(
            LocalDateTime local, @Nullable Integer zone, Instant utc) throws Exception {
        bench.server.record(row("D", 0).at(local, zone));
        assertThat(recorded()).containsExactly(utc);
        try (SqlSession session = bench.server.asAdded().connect()) {
            assertThat(session.backups().getFirst().started())
                    .isEqualTo(utc.minus(Duration.ofMinutes(RecordedRow.MINUTES)));
        }
    }

    @Test
    void theNewerOfTwoIsToldWhenTheClocksWerePutBackBetweenThem() throws Exception {
        LocalDateTime before = LocalDateTime.of(2026, 11, 1, 1, 45);
        bench.server.record(row("D", 0).at(before, -16));
        bench.server.record(row("D", 0).at(before.minusMinutes(30), -20));
        assertThat(recorded()).containsExactly(Instant.parse("2026-11-01T06:15:00Z"));
    }

    @Test
    void aServerThatHidesItsRecordIsToldOfAndNothingElseIsLost() throws Exception {
        addServer();
        bench.backUp(LEDGER, "");
        bench.server.record(row("L", -1));
        bench.server.hideRecord(refusal(229));
        Outcome outcome = bench.sluice("databases --json --server prod", CommandLineBench.SECRET);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains(
                        "Only backups by Sluice are shown",
                        "Add it to db_datareader",
                        "SELECT on msdb.dbo.backupset");
        JsonNode told = new JsonMapper().readTree(outcome.out()).get(0);
        assertThat(told.get("lastBackupSource").asString()).isEqualTo("sluice");
        assertThat(told.get("logState").asString()).as("nobody knows").isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource({"229, NOT_PERMITTED", "230, NOT_PERMITTED", "916, NOT_PERMITTED", "1222, NOT_READ"})
    void aMissingGrantIsToldFromOtherTrouble(int number, BackupRecord.Gap gap) throws Exception {
        bench.server.hideRecord(refusal(number));
        try (SqlSession session = bench.server.asAdded().connect()) {
            BackupRecord record = BackupRecord.read(session);
            assertThat(record.gap()).isEqualTo(gap);
            assertThat(record.problem().english()).contains("Msg " + number);
            assertThat(session.databases()).hasSize(1);
        }
    }

    private static Message refusal(int number) {
        return new Message(number, 14, 5, "The server principal may not.");
    }

    @Test
    void partsOfADatabaseAreToldAsParts() throws Exception {
        for (String type : List.of("F", "G", "P", "Q")) {
            bench.server.record(row(type, "FGPQ".indexOf(type)));
        }
        try (SqlSession session = bench.server.asAdded().connect()) {
            assertThat(session.backups())
                    .extracting(RecordedBackup::word)
                    .containsExactly(
                            "full, files", "diff, files", "full, partial", "diff, partial");
        }
    }
}
