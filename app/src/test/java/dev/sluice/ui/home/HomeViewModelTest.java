package dev.sluice.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.BackupRecord;
import dev.sluice.job.BackupRule;
import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobKind;
import dev.sluice.job.KnownBackup;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.SampleHost;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.ui.FixedServer;
import dev.sluice.ui.Later;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

@SuppressWarnings("NullAway.Init") // made before each test
class HomeViewModelTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** A server that changes its mind. */
    private static final class MoodyServer implements SampleHost {

        private final String name;
        private final List<DatabaseInfo> databases = new ArrayList<>();
        private final List<RecordedBackup> recorded = new ArrayList<>();
        private boolean hidesRecord;
        private String refusal = "";
        private int asked;

        MoodyServer(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public VdiProvider vdi() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SqlSession connect() throws SqlServerException {
            asked++;
            if (!refusal.isEmpty()) {
                throw new SqlServerException(Told.asIs(refusal), new IOException("no route"));
            }
            List<RecordedBackup> record = List.copyOf(recorded);
            return new FixedServer(
                            name,
                            List.copyOf(databases),
                            hidesRecord ? FixedServer.refused() : () -> record)
                    .connect();
        }

        @Override
        public void makeSample() {
            databases.add(database("SluiceSample"));
        }
    }

    @TempDir private Path home;
    private final Later background = new Later();
    private final Notices notices = new Notices(Texts.load("en"));
    private Instant clock = NOW;
    private BackupRule rule = BackupRule.DAILY;

    @Test
    void everyDatabaseHasItsStateAndItsLastBackup() {
        ran("Good", Outcome.COMPLETED, 1);
        ran("Old", Outcome.COMPLETED, 48);
        ran("Broken", Outcome.COMPLETED, 5);
        ran("Broken", Outcome.FAILED, 1);
        HomeViewModel model = model(server("prod", "Good", "Old", "Broken", "New"));
        model.refresh();
        background.doAll();
        assertThat(model.databases())
                .extracting(row -> row.info().name() + " " + row.health().state())
                .containsExactly("Good GOOD", "Old OVERDUE", "Broken FAILED", "New NEVER");
        for (BackupHealth.State state : BackupHealth.State.values()) {
            boolean isOne = state != BackupHealth.State.UNKNOWN && state != BackupHealth.State.LOG;
            assertThat(model.count(state).get()).isEqualTo(isOne ? 1 : 0);
        }
        assertThat(model.recent()).hasSize(4);
    }

    @Test
    void anotherRuleCountsFromTheNextLookOn() {
        ran("Old", Outcome.COMPLETED, 48);
        HomeViewModel model = model(server("prod", "Old"));
        model.refresh();
        background.doAll();
        assertThat(model.databases().getFirst().health().state())
                .isEqualTo(BackupHealth.State.OVERDUE);
        rule = new BackupRule(Duration.ofHours(49));
        model.look();
        background.doAll();
        assertThat(model.databases().getFirst().health().state())
                .isEqualTo(BackupHealth.State.GOOD);
    }

    @Test
    void aDatabaseThatAnotherToolBacksUpIsAsGoodAsOneThatSluiceDoes() {
        ran("Mixed", Outcome.COMPLETED, 30);
        MoodyServer server = server("prod", "Sales", "Mixed", "Ours");
        ran("Ours", Outcome.COMPLETED, 2);
        server.recorded.add(recorded("Sales", 3));
        server.recorded.add(recorded("Mixed", 1));
        HomeViewModel model = model(server);
        model.refresh();
        background.doAll();
        assertThat(model.databases())
                .extracting(row -> row.health().state())
                .containsOnly(BackupHealth.State.GOOD);
        assertThat(model.databases().stream().map(row -> row.health().own() != null))
                .as("what can be restored from here")
                .containsExactly(false, true, true);
        assertThat(model.databases().getFirst().health().last())
                .contains(new KnownBackup.Recorded(recorded("Sales", 3)));
        server.recorded.clear();
        model.refresh();
        background.doAll();
        assertThat(model.databases())
                .extracting(row -> row.health().state())
                .containsExactly(
                        BackupHealth.State.NEVER,
                        BackupHealth.State.OVERDUE,
                        BackupHealth.State.GOOD);
    }

    @Test
    void whereTheOnlyBackupDidNotPassItsVerificationThereIsNoGoodOne() {
        RunRecord made = HistoryRows.backup("prod", "Sales", Outcome.COMPLETED, NOW);
        RunRecord verdict =
                HistoryRows.ofSet(
                        JobKind.CHECK, Outcome.FAILED, Path.of("/set"), NOW, "window", "no");
        BackupHealth health =
                new BackupHealth(
                        BackupHealth.State.FAILED, BackupHealth.Log.GOOD, List.of(), made, verdict);
        assertThat(new BackupWords(Texts.load()).ofNone(health)).isEqualTo("no good one");
    }

    @Test
    void aServerThatHidesItsRecordIsShownByOurHistoryAndSaysSo() {
        ran("Sales", Outcome.COMPLETED, 1);
        MoodyServer server = server("prod", "Sales", "Other");
        server.recorded.add(recorded("Other", 1));
        server.hidesRecord = true;
        HomeViewModel model = model(server);
        model.refresh();
        background.doAll();
        assertThat(model.databases())
                .extracting(row -> row.health().state())
                .containsExactly(BackupHealth.State.GOOD, BackupHealth.State.UNKNOWN);
        assertThat(new BackupWords(Texts.load()).ofNone(model.databases().getLast().health()))
                .isEqualTo("none by Sluice");
        assertThat(model.items().getFirst())
                .isInstanceOfSatisfying(
                        HomeItem.ServerHead.class,
                        head -> {
                            assertThat(head.answer().state())
                                    .isEqualTo(ServerAnswer.State.ANSWERED);
                            assertThat(head.answer().record().gap())
                                    .isEqualTo(BackupRecord.Gap.NOT_PERMITTED);
                        });
        assertThat(notices.current().get()).isNull();
    }

    @Test
    void whatIsToldOfABackupNamesItsMakerItsPlaceAndItsKind() {
        BackupWords words = new BackupWords(Texts.load());
        RecordedBackup log =
                new RecordedBackup(
                        "Sales",
                        BackupType.LOG,
                        null,
                        true,
                        NOW.minusSeconds(60),
                        NOW,
                        "CORP\\agent",
                        "E:\\s.trn");
        KnownBackup other = new KnownBackup.Recorded(log);
        KnownBackup own =
                new KnownBackup.Own(HistoryRows.backup("prod", "Sales", Outcome.COMPLETED, NOW));
        assertThat(words.ofLast(other, NOW.plusSeconds(7_200)))
                .isEqualTo("2 h ago, log, copy-only");
        assertThat(words.ofSource(other)).isEqualTo("by CORP\\agent");
        assertThat(words.ofSource(own)).isEqualTo("by Sluice, window");
        BackupHealth health =
                new BackupHealth(
                        BackupHealth.State.GOOD,
                        BackupHealth.Log.NEVER,
                        List.of(other, own),
                        null,
                        null);
        assertThat(words.ofAll(health).lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith("log, copy-only: ")
                                        .endsWith(", by CORP\\agent, to E:\\s.trn"),
                        line ->
                                assertThat(line)
                                        .startsWith("full: ")
                                        .contains(", by Sluice, window, to "));
    }

    @Test
    void aLogWithoutBackupsIsATroubleThatIsCountedAndFound() {
        MoodyServer server = server("prod", "Sales");
        server.databases.add(fullyLogged("Orders"));
        server.recorded.add(recorded("Sales", 1));
        server.recorded.add(recorded("Orders", 1));
        HomeViewModel model = model(server);
        model.refresh();
        background.doAll();
        assertThat(model.databases())
                .extracting(row -> row.health().state())
                .containsExactly(BackupHealth.State.GOOD, BackupHealth.State.LOG);
        assertThat(model.count(BackupHealth.State.LOG).get()).isEqualTo(1);
        assertThat(model.count(BackupHealth.State.GOOD).get()).isEqualTo(1);
        model.only().set(BackupHealth.State.LOG);
        assertThat(model.items()).hasSize(2);
        server.recorded.add(recorded("Orders", BackupType.LOG, 2));
        model.refresh();
        background.doAll();
        assertThat(model.count(BackupHealth.State.LOG).get()).isZero();
    }

    @Test
    void whereTheLastBackupIsOneOfTheLogTheLastOfTheDataIsToldToo() {
        MoodyServer server = server("prod");
        server.databases.add(fullyLogged("Orders"));
        server.recorded.add(recorded("Orders", BackupType.LOG, 1));
        server.recorded.add(recorded("Orders", 150));
        HomeViewModel model = model(server);
        model.refresh();
        background.doAll();
        BackupWords words = new BackupWords(Texts.load());
        assertThat(words.ofData(model.databases().getFirst().health(), NOW))
                .isEqualTo("full: 6 days ago");
        server.recorded.add(recorded("Orders", BackupType.DIFFERENTIAL, 50));
        model.refresh();
        background.doAll();
        assertThat(words.ofData(model.databases().getFirst().health(), NOW))
                .isEqualTo("differential: 2 days ago");
        server.recorded.add(recorded("Orders", 0));
        model.refresh();
        background.doAll();
        assertThat(words.ofData(model.databases().getFirst().health(), NOW))
                .as("it is the last of all")
                .isEmpty();
    }

    @Test
    void runsOfANewerSluiceAreCountedBecauseTheyMayBeBackupsOrFailures() throws Exception {
        ran("Sales", Outcome.COMPLETED, 1);
        HomeViewModel model = model(server("prod", "Sales"));
        model.refresh();
        background.doAll();
        assertThat(model.leftOut().get()).isZero();
        HistoryRows.keepNewer(Folders.under(home));
        model.look();
        background.doAll();
        assertThat(model.leftOut().get()).isEqualTo(1);
        assertThat(model.recent()).hasSize(1);
    }

    @Test
    void anOpenWindowAsksAServerAgainThatOthersBackUp() {
        MoodyServer server = server("prod", "Sales");
        HomeViewModel model = model(server);
        model.refresh();
        background.doAll();
        assertThat(model.count(BackupHealth.State.NEVER).get()).isEqualTo(1);
        server.recorded.add(recorded("Sales", 1));
        clock = NOW.plus(Duration.ofMinutes(4));
        model.look();
        background.doAll();
        assertThat(model.count(BackupHealth.State.GOOD).get()).as("asked a moment ago").isZero();
        clock = NOW.plus(Duration.ofMinutes(5));
        model.look();
        background.doAll();
        assertThat(model.count(BackupHealth.State.GOOD).get()).isEqualTo(1);
        assertThat(server.asked).isEqualTo(2);
    }

    @Test
    void timeAloneMakesABackupOverdue() {
        ran("Sales", Outcome.COMPLETED, 1);
        HomeViewModel model = model(server("prod", "Sales"));
        model.refresh();
        background.doAll();
        assertThat(model.count(BackupHealth.State.GOOD).get()).isEqualTo(1);
        clock = NOW.plus(Duration.ofHours(24));
        model.look();
        background.doAll();
        assertThat(model.count(BackupHealth.State.OVERDUE).get()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotAnswerKeepsNobodyWaitingAndTellsWhyInItsPlace() {
        MoodyServer down = new MoodyServer("down");
        down.refusal = "down cannot be reached";
        HomeViewModel model = model(down, server("prod", "Sales"));
        model.refresh();
        background.doAll();
        assertThat(model.items()).hasSize(3);
        assertThat(model.items().getFirst())
                .isEqualTo(
                        new HomeItem.ServerHead(
                                "down", ServerAnswer.failed("down cannot be reached", null)));
        assertThat(model.databases()).hasSize(1);
        assertThat(model.empty().get()).isFalse();
        down.refusal = "";
        down.databases.add(database("Back"));
        model.refresh();
        background.doAll();
        assertThat(model.databases()).extracting(DatabaseRow::server).contains("down");
    }

    @Test
    void aServerThatIsBeingAskedIsNotAskedByMoreThreadsButOnceMore() {
        MoodyServer slow = new MoodyServer("slow");
        HomeViewModel model = model(slow);
        model.refresh();
        // the names, and the history
        background.doNext();
        background.doNext();
        assertThat(background.waiting()).as("the server").isEqualTo(1);
        model.refresh();
        model.refresh();
        while (background.waiting() > 1) {
            background.doNewest();
        }
        background.doAll();
        assertThat(slow.asked).isEqualTo(2);
    }

    @Test
    void onlyWhatIsLookedForIsShown() {
        ran("Sales", Outcome.COMPLETED, 1);
        HomeViewModel model = model(server("prod", "Sales", "SalesOld", "Orders"));
        model.refresh();
        background.doAll();
        model.search().set("sales");
        assertThat(model.items()).hasSize(3);
        model.only().set(BackupHealth.State.NEVER);
        assertThat(model.items()).hasSize(2);
        assertThat(model.databases()).as("what can be backed up").hasSize(3);
        model.only().set(null);
        model.search().set("");
        assertThat(model.items()).hasSize(4);
    }

    @Test
    void theSampleIsOfferedWhereThereIsNothingAndIsThereAfterwards() {
        MoodyServer embedded = new MoodyServer("embedded");
        HomeViewModel model = model(embedded);
        assertThat(model.empty().get()).as("nobody was asked yet").isFalse();
        model.refresh();
        background.doAll();
        assertThat(model.empty().get()).isTrue();
        assertThat(model.samplePossible().get()).isTrue();
        model.makeSample();
        model.makeSample();
        assertThat(model.makingSample().get()).isTrue();
        background.doAll();
        assertThat(model.makingSample().get()).isFalse();
        assertThat(model.empty().get()).isFalse();
        assertThat(model.databases()).hasSize(1);
    }

    private static RecordedBackup recorded(String database, int hoursAgo) {
        return recorded(database, BackupType.FULL, hoursAgo);
    }

    private static RecordedBackup recorded(String database, BackupType type, int hoursAgo) {
        return new RecordedBackup(
                database,
                type,
                null,
                false,
                NOW.minus(Duration.ofHours(hoursAgo).plusMinutes(1)),
                NOW.minus(Duration.ofHours(hoursAgo)),
                "CORP\\agent",
                "E:\\backup\\" + database + ".bak");
    }

    private void ran(String database, Outcome outcome, int hoursAgo) {
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.backup(
                        "prod", database, outcome, NOW.minus(Duration.ofHours(hoursAgo))));
    }

    private HomeViewModel model(SqlServer... servers) {
        InstantSource source = () -> clock;
        return new HomeViewModel(
                new SluiceEngine(Folders.under(home), List.of(servers)),
                background,
                notices,
                Texts.load("en"),
                () -> rule,
                source);
    }

    private static MoodyServer server(String name, String... databases) {
        MoodyServer server = new MoodyServer(name);
        for (String database : databases) {
            server.databases.add(database(database));
        }
        return server;
    }

    private static DatabaseInfo fullyLogged(String name) {
        return new DatabaseInfo(
                name, DatabaseInfo.State.ONLINE, "FULL", 1L << 30, false, true, true);
    }

    private static DatabaseInfo database(String name) {
        return new DatabaseInfo(
                name, DatabaseInfo.State.ONLINE, "SIMPLE", 1L << 30, false, true, false);
    }
}
