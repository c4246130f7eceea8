package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupHealth;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobKind;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.Later;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.DatabaseRow;
import dev.sluice.ui.restore.ChainStep.Reason;
import dev.sluice.ui.restore.KnownSets.Place;
import dev.sluice.ui.restore.RestoreViewModel.Step;
import dev.sluice.ui.restore.SourceViewModel.From;
import dev.sluice.ui.restore.TargetViewModel.After;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

@SuppressWarnings("NullAway.Init") // made before each test
class RestoreViewModelTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 20, 11, 30);

    private final ObservableList<DatabaseRow> databases = FXCollections.observableArrayList();
    private final PaperDesk desk = new PaperDesk("embedded", "prod");
    private final Notices notices = new Notices(Texts.load("en"));
    private final RestoreViewModel guide = guide(new SameThread());
    private final SourceViewModel source = guide.source();
    private final TargetViewModel target = guide.target();

    private RestoreViewModel guide(Background background) {
        return new RestoreViewModel(
                desk,
                databases,
                background,
                notices,
                Texts.load(),
                InstantSource.fixed(NOW.atZone(ZoneId.systemDefault()).toInstant()));
    }

    private void open() {
        desk.sets.addAll(PaperDesk.twoDays(NOW));
        guide.open();
    }

    private void exists(String name, DatabaseInfo.State state) {
        databases.add(
                new DatabaseRow(
                        "prod",
                        new DatabaseInfo(name, state, "FULL", 1, false, true, false),
                        new BackupHealth(
                                BackupHealth.State.NEVER,
                                BackupHealth.Log.GOOD,
                                List.of(),
                                null,
                                null)));
    }

    private List<BackupType> chain() {
        return source.chain().stream().map(step -> step.set().manifest().type()).toList();
    }

    private RestoreRequest review() {
        guide.goOn();
        guide.goOn();
        assertThat(guide.step().get()).isEqualTo(Step.REVIEW);
        return guide.request().orElseThrow();
    }

    @Test
    void whoChangesNothingRestoresTheNewestState() {
        open();
        assertThat(source.from().get()).isEqualTo(From.HISTORY);
        assertThat(source.momentText().text().get()).isEqualTo("2026-11-20 11:30:00");
        RestoreRequest request = review();
        assertThat(request.server()).isEqualTo("prod");
        assertThat(request.database()).isEqualTo("Sales");
        assertThat(request.options().stopAt()).isEqualTo(new StopAt.End());
        assertThat(request.options().recovery()).isEqualTo(new Recovery.Recover());
        assertThat(guide.statements().get().split("\n\n")).hasSameSizeAs(request.sets());
    }

    @Test
    void tenMinutesAgoIsOnePressAndTheSetsFollow() {
        open();
        assertThat(source.canGoBack(Duration.ofMinutes(10))).isTrue();
        source.goBack(Duration.ofMinutes(10));
        assertThat(source.chain())
                .extracting(ChainStep::reason)
                .startsWith(Reason.BEGINS, Reason.SPARES)
                .endsWith(Reason.STOPS);
        assertThat(review().options().stopAt()).isEqualTo(new StopAt.Time(NOW.minusMinutes(10)));
        assertThat(guide.statements().get()).contains("STOPAT = N'2026-11-20T11:20:00");
    }

    @Nested
    class TheMoment {

        @Test
        void thatIsTypedIsTakenAsItIsTyped() {
            open();
            source.momentText().text().set("2026-11-20 10:15");
            assertThat(source.moment().get())
                    .isEqualTo(new Moment(LocalDateTime.of(2026, 11, 20, 10, 15), null));
            assertThat(source.momentText().text().get())
                    .as("typed on")
                    .isEqualTo("2026-11-20 10:15");
            source.writeMoment();
            assertThat(source.momentText().text().get()).isEqualTo("2026-11-20 10:15:00");
        }

        @Test
        void thatNothingReachesIsRefusedWithWhatCanBeReached() {
            open();
            source.momentText().text().set("2026-11-20 11:45");
            assertThat(source.momentText().error().get())
                    .contains("after 2026-11-20 11:30:00", "back up the log");
            assertThat(guide.mayGoOn().get()).isFalse();
            source.momentText().text().set("2026-11-18 22:00");
            assertThat(source.momentText().error().get()).contains("nearest");
            source.momentText().text().set("soon");
            assertThat(source.momentText().error().get()).contains("Write a moment");
            source.writeMoment();
            assertThat(guide.mayGoOn().get()).as("the last one that was right").isTrue();
        }

        @Test
        void staysWhenTheSetsAreLookedForAgain() {
            open();
            source.goBack(Duration.ofMinutes(10));
            desk.sets.add(new PaperSets("prod", "Sales").log(NOW, NOW.plusMinutes(30)));
            guide.open();
            assertThat(source.moment().get()).isEqualTo(new Moment(NOW.minusMinutes(10), null));
        }

        @Test
        void onlyTheLastOneCountsWhileTheSetsForOthersAreStillSought() {
            Later later = new Later();
            RestoreViewModel slow = guide(later);
            desk.sets.addAll(PaperDesk.twoDays(NOW));
            slow.open();
            later.doAll();
            slow.source().goTo(NOW.minusHours(40));
            slow.source().goTo(NOW.minusMinutes(10));
            later.doNewest();
            later.doAll();
            assertThat(slow.source().chain().getLast().set().directory().toString())
                    .endsWith("2026-11-20T1130-log");
        }
    }

    @Nested
    class AMark {

        private final StopModel stops = source.stops();

        @Test
        void isWhereTheRestoreStopsAndTheMomentChoosesTheSets() {
            open();
            stops.kind().set(StopModel.Kind.AT_MARK);
            assertThat(guide.mayGoOn().get()).as("a mark has a name").isFalse();
            assertThat(stops.mark().error().get()).as("nobody was there yet").isEmpty();
            stops.mark().text().set("before deploy");
            stops.after().text().set("10:15");
            assertThat(source.chain())
                    .extracting(ChainStep::reason)
                    .startsWith(Reason.BEGINS, Reason.SPARES)
                    .endsWith(Reason.SOUGHT, Reason.SOUGHT);
            assertThat(review().options().stopAt())
                    .isEqualTo(
                            new StopAt.AtMark(
                                    "before deploy", LocalDateTime.of(2026, 11, 20, 10, 15)));
            assertThat(guide.statements().get())
                    .contains("STOPATMARK = N'before deploy' AFTER N'2026-11-20T10:15:00");
            assertThat(guide.summary().get()).contains("mark \u201cbefore deploy\u201d");
            guide.restore("prod", "Sales");
            assertThat(stops.kind().get()).isEqualTo(StopModel.Kind.MOMENT);
            assertThat(review().options().stopAt()).isEqualTo(new StopAt.End());
        }

        @Test
        void thatIsTypedWronglyIsToldAtItsField() {
            open();
            stops.kind().set(StopModel.Kind.BEFORE_MARK);
            stops.mark().text().set("x".repeat(129));
            assertThat(stops.mark().error().get()).contains("1 to 128");
            stops.mark().text().set("x");
            stops.after().text().set("yesterday");
            assertThat(stops.after().error().get()).contains("Write a moment");
            assertThat(guide.mayGoOn().get()).isFalse();
            stops.after().text().set("");
            assertThat(review().options().stopAt()).isEqualTo(new StopAt.BeforeMark("x", null));
        }

        @Test
        void needsALogAmongTheSets() {
            desk.sets.add(new PaperSets("prod", "Sales").full(NOW));
            guide.open();
            stops.kind().set(StopModel.Kind.AT_MARK);
            stops.mark().text().set("x");
            assertThat(stops.mark().error().get()).contains("none of the sets");
            assertThat(guide.mayGoOn().get()).isFalse();
            stops.kind().set(StopModel.Kind.MOMENT);
            assertThat(guide.mayGoOn().get()).isTrue();
        }

        @Test
        void ofAProfileComesBackAsExactlyAsItWas() {
            List<BackupSet> sets = PaperDesk.twoDays(NOW);
            desk.sets.addAll(sets);
            RestoreRequest saved =
                    new RestoreRequest(
                            "prod",
                            List.of(sets.get(0).directory(), sets.get(1).directory()),
                            "Copy",
                            new RestoreRequest.Options(
                                    false,
                                    false,
                                    new Recovery.Recover(),
                                    new StopAt.BeforeMark("x", NOW.plusNanos(123_000_000)),
                                    new Scope.WholeDatabase(),
                                    false,
                                    List.of(),
                                    null,
                                    null,
                                    false),
                            TransferOptions.DEFAULT,
                            0);
            guide.fill(saved);
            assertThat(review()).isEqualTo(saved);
            guide.goTo(Step.SOURCE);
            desk.sets.add(new PaperSets("prod", "Sales").log(NOW, NOW.plusMinutes(30)));
            guide.open();
            assertThat(review()).as("after another look at the disk").isEqualTo(saved);
        }
    }

    @Nested
    class Sets {

        @Test
        void canBeChosenByHand() {
            open();
            List<SetLine> rows = source.sets();
            rows.forEach(row -> row.chosen().set(false));
            assertThat(source.chainProblem().get()).contains("at least one");
            assertThat(guide.mayGoOn().get()).isFalse();
            SetLine full = rows.getLast();
            full.chosen().set(true);
            assertThat(source.byHand().get()).isTrue();
            assertThat(review().sets()).containsExactly(full.set().directory());
        }

        @Test
        void areChosenForTheMomentAgainOnceItMoves() {
            open();
            source.sets().getFirst().chosen().set(false);
            assertThat(source.byHand().get()).isTrue();
            source.goBack(Duration.ofHours(1));
            assertThat(source.byHand().get()).isFalse();
            assertThat(source.sets()).filteredOn(row -> row.chosen().get()).hasSameSizeAs(chain());
        }

        @Test
        void withoutTheirFullBackupSayWhatIsMissing() {
            BackupSet full = new PaperSets("prod", "Sales").full(NOW.minusHours(3));
            desk.sets.add(new PaperSets("prod", "Sales").differential(NOW, full));
            guide.open();
            assertThat(source.chain()).isEmpty();
            assertThat(source.chainProblem().get()).contains("full backup", "missing");
            assertThat(guide.mayGoOn().get()).isFalse();
        }

        @Test
        void thatFailedTheirLastVerificationAreNotProposedAndToldWhenTheyAreChosen() {
            desk.sets.addAll(PaperDesk.twoDays(NOW));
            Path failed = desk.sets.getLast().directory();
            RunRecord run =
                    HistoryRows.ofSet(
                            JobKind.CHECK,
                            RunRecord.Outcome.FAILED,
                            failed,
                            Instant.parse("2026-11-20T10:00:00Z"),
                            "window",
                            null);
            desk.verifications.add(run);
            guide.open();
            assertThat(source.chainDoubts().get()).isEmpty();
            assertThat(source.chain()).noneMatch(step -> source.isDoubted(step.set()));
            assertThat(source.momentText().text().get()).isEqualTo("2026-11-20 11:00:00");
            source.goToLast();
            assertThat(source.isDoubted(source.chain().getLast().set())).isTrue();
            assertThat(source.chainDoubts().get()).contains(failed.toString(), "damaged", "Sluice");
            assertThat(guide.mayGoOn().get()).as("told, not refused").isTrue();
            source.goTo(NOW.minusHours(40));
            assertThat(source.chainDoubts().get()).isEmpty();
        }

        @Test
        void ofAFolderAreLookedForThere() {
            source.lookUnder(Path.of("/"));
            assertThat(desk.looked).contains(new Place.Folder(Path.of("/")));
            source.folder().text().set("nowhere");
            source.refresh();
            assertThat(source.folder().error().get()).contains("whole path");
        }

        @Test
        void thatAreDroppedAreAddedToThosePicked() {
            source.pick(List.of(Path.of("/a")));
            source.pick(List.of(Path.of("/b"), Path.of("/a")));
            assertThat(desk.looked.getLast())
                    .isEqualTo(new Place.Picked(List.of(Path.of("/a"), Path.of("/b"))));
        }

        @Test
        void thatCannotBeReadAreToldAndNothingElseIsShown() {
            desk.failure = "the disk is on fire";
            guide.open();
            assertThat(notices.current().get()).isNotNull();
            assertThat(source.searching().get()).isFalse();
        }
    }

    @Nested
    class Entry {

        @TempDir private Path home;

        private Path moved(Path set) {
            return home.resolve("prod").resolve("Sales").resolve(set.getFileName());
        }

        @Test
        void byADatabaseShowsItsNewestStateAndNoOther() {
            desk.sets.addAll(PaperDesk.twoDays(NOW));
            desk.sets.add(new PaperSets("prod", "Aardvark").full(NOW));
            guide.restore("prod", "Sales");
            assertThat(target.name().text().get()).isEqualTo("Sales");
            guide.restore("prod", "Unknown");
            assertThat(source.database().get()).isNull();
            assertThat(guide.mayGoOn().get()).isFalse();
        }

        @Test
        void byASetEndsWithIt() {
            List<BackupSet> sets =
                    PaperDesk.twoDays(NOW).stream()
                            .map(set -> new BackupSet(moved(set.directory()), set.manifest()))
                            .toList();
            desk.sets.addAll(sets);
            guide.restore(sets.get(3).directory());
            assertThat(source.chain().getLast().set()).isEqualTo(sets.get(3));
            assertThat(desk.looked.getLast()).isEqualTo(new Place.Folder(home));
        }

        @Test
        void byAProfileAsksForExactlyWhatItSays() {
            List<BackupSet> sets = PaperDesk.twoDays(NOW);
            desk.sets.addAll(sets);
            RestoreRequest saved =
                    new RestoreRequest(
                            "prod",
                            List.of(sets.get(0).directory(), sets.get(1).directory()),
                            "Copy",
                            new RestoreRequest.Options(
                                    true,
                                    true,
                                    new Recovery.Standby("E:\\undo.bak"),
                                    new StopAt.Time(NOW.minusDays(2).plusMinutes(10)),
                                    new Scope.WholeDatabase(),
                                    false,
                                    List.of(new Move("Sales", "G:\\x.mdf")),
                                    null,
                                    "L:\\",
                                    true),
                            new TransferOptions(65536, 7, 65536),
                            1 << 20);
            guide.fill(saved);
            assertThat(review()).isEqualTo(saved);
        }
    }

    @Nested
    class TheTarget {

        @Test
        void isNotOverwrittenUnlessTold() {
            exists("Sales", DatabaseInfo.State.ONLINE);
            open();
            guide.goOn();
            assertThat(target.name().error().get()).contains("exists");
            assertThat(target.overwrites().get()).contains("will be lost");
            assertThat(guide.mayGoOn().get()).isFalse();
            assertThat(target.files()).as("can be looked at meanwhile").hasSize(2);
            target.replace().set(true);
            assertThat(target.destructive().get()).isTrue();
            guide.goOn();
            assertThat(guide.request().orElseThrow().options().replace()).isTrue();
            assertThat(guide.question()).contains("Replaces", "do not count on the old data");
        }

        @Test
        void thatWaitsForItsOwnRestoreIsReplacedUntoldAndAskedAboutAllTheSame() {
            exists("Sales", DatabaseInfo.State.RESTORING);
            open();
            guide.goOn();
            assertThat(target.replace().get()).isFalse();
            assertThat(target.destructive().get()).isTrue();
            guide.goOn();
            assertThat(guide.question()).contains("Replaces", "do not count on the old data");
            source.sets().forEach(row -> row.chosen().set(false));
            assertThat(target.destructive().get()).as("without sets").isFalse();
        }

        @Test
        void ofAnotherNameIsACopyWithFilesOfItsOwn() {
            exists("Sales", DatabaseInfo.State.ONLINE);
            open();
            guide.goOn();
            target.name().text().set(" SalesCopy ");
            assertThat(target.destructive().get()).isFalse();
            assertThat(target.files())
                    .extracting(FileRow::to)
                    .containsExactly(
                            "E:\\MSSQL\\DATA\\SalesCopy.mdf", "F:\\MSSQL\\LOG\\SalesCopy_log.ldf");
            assertThat(guide.mayGoOn().get()).isTrue();
            guide.goOn();
            assertThat(guide.request().orElseThrow().database()).isEqualTo("SalesCopy");
        }

        @Test
        void takesNoPlaceOfAnother() {
            open();
            guide.goOn();
            FileRow data = target.files().getFirst();
            target.move(data.file(), "E:\\MSSQL\\DATA\\stock.mdf");
            assertThat(target.files().getFirst().problem()).contains("Stock");
            assertThat(guide.mayGoOn().get()).isFalse();
            target.move(data.file(), "\"");
            target.move(data.file(), "x".repeat(300));
            assertThat(target.files().getFirst().problem()).contains("no path");
            target.move(data.file(), "G:\\free.mdf");
            assertThat(guide.mayGoOn().get()).isTrue();
            guide.goOn();
            assertThat(guide.request().orElseThrow().options().moves())
                    .containsExactly(new Move("Sales", "G:\\free.mdf"));
            guide.goBack();
            target.move(data.file(), " ");
            assertThat(target.files().getFirst().to()).isEqualTo("E:\\MSSQL\\DATA\\Sales.mdf");
        }

        @Test
        void foldersAreForFilesWithoutAPlaceOfTheirOwn() {
            open();
            guide.goOn();
            target.logFolder().text().set("L:\\");
            assertThat(target.files().getLast().to()).isEqualTo("L:\\Sales_log.ldf");
        }

        @ParameterizedTest
        @EnumSource(names = {"RESTORING", "STANDBY"})
        void thatWaitsTakesADifferentialAlone(DatabaseInfo.State state) {
            exists("Sales", state);
            open();
            source.sets().forEach(row -> row.chosen().set(false));
            SetLine differential =
                    source.sets().stream()
                            .filter(row -> row.set().manifest().type() == BackupType.DIFFERENTIAL)
                            .findFirst()
                            .orElseThrow();
            differential.chosen().set(true);
            assertThat(source.chain().getFirst().reason()).isEqualTo(Reason.AWAITED);
            guide.goOn();
            assertThat(target.effect().get()).contains("Goes on");
            assertThat(target.destructive().get()).isFalse();
            databases.clear();
            assertThat(target.name().error().get()).contains("left restoring");
            assertThat(target.effect().get()).isEmpty();
        }

        @Test
        void needsANameAndStandbyAFile() {
            open();
            guide.goOn();
            target.name().text().set("  ");
            assertThat(target.name().error().get()).isNotEmpty();
            target.name().text().set("x".repeat(129));
            assertThat(target.name().error().get()).isNotEmpty();
            target.name().text().set("Copy");
            target.after().set(After.STANDBY);
            assertThat(target.standbyFile().error().get()).as("nobody was there yet").isEmpty();
            assertThat(guide.mayGoOn().get()).isFalse();
            target.standbyFile().touch();
            assertThat(target.standbyFile().error().get()).isNotEmpty();
            target.standbyFile().text().set("E:\\undo.bak");
            guide.goOn();
            assertThat(guide.request().orElseThrow().options().recovery())
                    .isEqualTo(new Recovery.Standby("E:\\undo.bak"));
        }

        @Test
        void beginsAnewForAnotherDatabaseOnly() {
            open();
            target.name().text().set("Copy");
            source.goBack(Duration.ofHours(5));
            assertThat(target.name().text().get()).isEqualTo("Copy");
            desk.sets.add(new PaperSets("prod", "Stock").full(NOW));
            guide.restore("prod", "Stock");
            assertThat(target.name().text().get()).isEqualTo("Stock");
        }

        @Test
        void isOnTheServerTheSetsAreFromWhereThatIsKnown() {
            open();
            assertThat(target.server().get()).isEqualTo("prod");
            desk.sets.clear();
            desk.sets.add(new PaperSets("elsewhere", "Sales").full(NOW));
            guide.restore("elsewhere", "Sales");
            assertThat(target.server().get()).isEqualTo("embedded");
        }
    }

    @Nested
    class TheLook {

        @Test
        void isNotRepeatedWhereNothingChanged() {
            open();
            review();
            assertThat(desk.planned).hasSize(1);
            guide.goBack();
            guide.goOn();
            assertThat(desk.planned).hasSize(1);
            guide.goBack();
            target.checksum().set(true);
            guide.goOn();
            assertThat(desk.planned).hasSize(2);
            assertThat(guide.statements().get()).contains("CHECKSUM");
        }

        @Test
        void thatIsRefusedSaysWhyAndMayBeTriedAgain() {
            open();
            guide.goOn();
            desk.refusal = "a log backup is missing";
            target.name().text().set("Copy");
            guide.goOn();
            assertThat(guide.step().get()).isEqualTo(Step.REVIEW);
            assertThat(guide.problem().get()).isEqualTo("a log backup is missing");
            assertThat(guide.request()).isEmpty();
            assertThat(guide.statements().get()).isEmpty();
            desk.refusal = "";
            guide.lookAgain();
            assertThat(guide.problem().get()).isEmpty();
            assertThat(guide.request()).isPresent();
        }

        @Test
        void goesOnInTheBackgroundAndCanBeStopped() {
            Later later = new Later();
            RestoreViewModel slow = guide(later);
            desk.sets.addAll(PaperDesk.twoDays(NOW));
            desk.holds = true;
            slow.open();
            later.doAll();
            slow.goOn();
            later.doNext();
            assertThat(slow.look().running().get()).isTrue();
            slow.look().sample();
            assertThat(slow.look().text().get()).contains("1 of 1");
            slow.look().cancel();
            assertThat(desk.plans.getFirst().isCancelled()).isTrue();
            later.doAll();
            assertThat(slow.look().running().get()).isFalse();
        }

        @Test
        void ofOtherSetsIsForgotten() {
            Later later = new Later();
            RestoreViewModel slow = guide(later);
            desk.sets.addAll(PaperDesk.twoDays(NOW));
            desk.holds = true;
            slow.open();
            later.doAll();
            slow.goOn();
            later.doNext();
            slow.goBack();
            slow.source().goBack(Duration.ofHours(9));
            later.doNewest();
            later.doAll();
            assertThat(desk.plans.getFirst().isCancelled()).isTrue();
            assertThat(slow.look().finding().get()).isNull();
            assertThat(slow.target().files()).isEmpty();
        }

        @Test
        void afterTheRestoreBeganTheGuideBeginsAnew() {
            open();
            review();
            guide.begun();
            assertThat(guide.step().get()).isEqualTo(Step.SOURCE);
            assertThat(guide.statements().get()).isEmpty();
        }
    }
}
