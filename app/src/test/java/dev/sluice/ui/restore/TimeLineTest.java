package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.BackupSet;
import dev.sluice.media.PaperSets;
import dev.sluice.sql.StopAt;
import dev.sluice.ui.restore.TimeLine.Mark;
import dev.sluice.ui.restore.TimeLineLayout.PlacedMark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class TimeLineTest {

    private static final LocalDateTime END_OF_FULL = at(10, 3).plusSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PaperSets sales = new PaperSets("prod", "Sales");
    private final BackupSet full = sales.full(at(10, 0));
    private final BackupSet first = sales.log(at(9, 30), at(10, 30));
    private final BackupSet second = sales.log(at(10, 30), at(11, 0));
    private final BackupSet cut = sales.log(at(11, 30), at(12, 0));
    private final TimeLine line = TimeLine.of(List.of(cut, second, first, full));

    private static LocalDateTime at(int hour, int minute) {
        return LocalDateTime.of(2026, 3, 4, hour, minute);
    }

    private static Moment within(LocalDateTime at) {
        return new Moment(at, null);
    }

    @Test
    void aMomentWithinALogStopsThereAndTheEndOfASetNeedsNoStop() {
        assertThat(line.at(at(10, 20))).contains(within(at(10, 20)));
        assertThat(within(at(10, 20)).stopAt()).isEqualTo(new StopAt.Time(at(10, 20)));
        Moment end = line.at(at(10, 30)).orElseThrow();
        assertThat(end.end()).isEqualTo(first);
        assertThat(end.stopAt()).isEqualTo(new StopAt.End());
    }

    @Test
    void whatNoBackupReachesCannotBeChosen() {
        assertThat(line.at(at(9, 59))).isEmpty();
        assertThat(line.at(at(11, 1))).isEmpty();
        assertThat(line.at(at(12, 0))).as("the log before it is missing").isEmpty();
    }

    @Test
    void theNearestMomentIsFoundFromAnywhere() {
        assertThat(line.nearest(at(8, 0)).orElseThrow().end()).isEqualTo(full);
        assertThat(line.nearest(at(10, 44)).orElseThrow()).isEqualTo(within(at(10, 44)));
        assertThat(line.nearest(at(15, 0)).orElseThrow().end()).isEqualTo(second);
        assertThat(TimeLine.EMPTY.nearest(at(8, 0))).isEmpty();
    }

    @Test
    void stepsGoOnWithinALogAndHoldAtItsEnds() {
        assertThat(line.step(within(at(10, 20)), MINUTE)).isEqualTo(within(at(10, 21)));
        assertThat(line.step(within(at(10, 20)), Duration.ofSeconds(-1)).at())
                .isEqualTo(at(10, 19).plusSeconds(59));
        Moment last = line.last().orElseThrow();
        assertThat(line.step(last, MINUTE)).isEqualTo(last);
        Moment begin = line.first().orElseThrow();
        assertThat(begin.at()).isEqualTo(END_OF_FULL);
        assertThat(line.step(begin, MINUTE.negated())).isEqualTo(begin);
        assertThat(line.step(within(END_OF_FULL.plusSeconds(5)), MINUTE.negated()))
                .isEqualTo(begin);
    }

    @Test
    void withoutLogsStepsGoFromBackupToBackup() {
        BackupSet differential = sales.differential(at(11, 0), full);
        TimeLine points = TimeLine.of(List.of(full, differential));
        Moment begin = points.first().orElseThrow();
        assertThat(points.spans()).isEmpty();
        assertThat(points.step(begin, MINUTE).end()).isEqualTo(differential);
        assertThat(points.nearest(at(10, 10)).orElseThrow()).isEqualTo(begin);
    }

    @Test
    void theChainIsPickedForTheMoment() throws Exception {
        assertThat(line.chain(within(at(10, 20)))).containsExactly(full, first);
        assertThat(line.chain(line.last().orElseThrow())).containsExactly(full, first, second);
    }

    @Test
    void whatIsProposedNeedsNoSetThatFailedItsVerification() {
        List<BackupSet> sets = List.of(cut, second, first, full);
        TimeLine doubted = TimeLine.of(sets, Set.of(second.directory()));
        assertThat(doubted.proposed().orElseThrow().end()).isEqualTo(first);
        assertThat(doubted.last().orElseThrow().end()).as("to be chosen").isEqualTo(second);
        assertThat(doubted.marks())
                .extracting(Mark::doubted)
                .containsExactly(false, false, true, false);
        assertThat(line.proposed()).isEqualTo(line.last());
        TimeLine nothingElse = TimeLine.of(sets, Set.of(full.directory()));
        assertThat(nothingElse.proposed()).isEqualTo(line.last());
    }

    @Test
    void aDoubtedDifferentialIsLeftOutWhereTheLogsLeadOnWithoutIt() throws Exception {
        BackupSet differential = sales.differential(at(10, 40), full);
        TimeLine doubted =
                TimeLine.of(
                        List.of(full, first, differential, second),
                        Set.of(differential.directory()));
        Moment proposed = doubted.proposed().orElseThrow();
        assertThat(proposed.end()).isEqualTo(second);
        assertThat(doubted.chain(proposed)).containsExactly(full, first, second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderFullBackupAndUnbrokenLogsLeadPastADoubtedOne(boolean headers) throws Exception {
        BackupSet newer = sales.full(at(10, 40));
        BackupSet onIt = sales.differential(at(10, 50), newer);
        List<BackupSet> sets =
                Stream.of(full, first, newer, onIt, second)
                        .map(set -> headers ? set : PaperSets.withoutHeader(set))
                        .toList();
        BackupSet last = sets.getLast();
        TimeLine doubted = TimeLine.of(sets, Set.of(newer.directory()));
        Moment proposed = doubted.proposed().orElseThrow();
        assertThat(proposed.end()).isEqualTo(last);
        assertThat(doubted.chain(proposed)).containsExactly(sets.get(0), sets.get(1), last);
        assertThat(TimeLine.of(sets).chain(proposed))
                .as("trusted")
                .containsExactlyElementsOf(sets.subList(2, 5));
        LocalDateTime before = proposed.at().minusMinutes(2);
        assertThat(doubted.chain(within(before)))
                .as("any second of the log")
                .containsExactly(sets.get(0), sets.get(1), last);
        assertThat(doubted.chain(doubted.endOf(sets.get(3)).orElseThrow()))
                .as("it cannot do without its base")
                .containsExactly(sets.get(2), sets.get(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDifferentialOfADoubtedFullBackupIsNotProposedOnAnOlderOne(boolean headers)
            throws Exception {
        BackupSet newer = sales.full(at(10, 40));
        BackupSet onIt = sales.differential(at(10, 50), newer);
        List<BackupSet> sets =
                Stream.of(full, first, newer, onIt)
                        .map(set -> headers ? set : PaperSets.withoutHeader(set))
                        .toList();
        TimeLine doubted = TimeLine.of(sets, Set.of(newer.directory()));
        Moment proposed = doubted.proposed().orElseThrow();
        assertThat(proposed.end()).isEqualTo(sets.get(1));
        assertThat(doubted.chain(proposed)).containsExactly(sets.get(0), sets.get(1));
    }

    @Test
    void aDoubtedLogIsNotLeftOut() throws Exception {
        BackupSet third = sales.log(at(11, 0), at(11, 30));
        List<BackupSet> sets = List.of(full, first, second, third);
        TimeLine doubted = TimeLine.of(sets, Set.of(second.directory()));
        assertThat(doubted.proposed().orElseThrow().end()).isEqualTo(first);
        assertThat(doubted.chain(doubted.endOf(third).orElseThrow()))
                .containsExactly(full, first, second, third);
        BackupSet after = sales.full(at(11, 10));
        TimeLine anew =
                TimeLine.of(List.of(full, first, second, after, third), Set.of(second.directory()));
        assertThat(anew.proposed().orElseThrow().end()).isEqualTo(third);
    }

    @Test
    void aDoubtedLogIsMissedWhereStreamsHaveNoHeaders() throws Exception {
        List<BackupSet> sets =
                Stream.of(full, first, second, sales.log(at(11, 0), at(11, 30)))
                        .map(PaperSets::withoutHeader)
                        .toList();
        TimeLine doubted = TimeLine.of(sets, Set.of(second.directory()));
        Moment proposed = doubted.proposed().orElseThrow();
        assertThat(proposed.end()).isEqualTo(sets.get(1));
        assertThat(doubted.chain(proposed)).containsExactly(sets.get(0), sets.get(1));
    }

    @Test
    void aDoubtedLogIsMissedWhereOnlyTheDoubtedEndHasNoHeader() throws Exception {
        BackupSet end = PaperSets.withoutHeader(second);
        List<BackupSet> sets = List.of(full, first, end);
        TimeLine doubted = TimeLine.of(sets, Set.of(first.directory(), end.directory()));
        assertThat(doubted.chain(new Moment(at(11, 0), end))).containsExactly(full, first, end);
    }

    @Test
    void ofTwoEndsInOneSecondTheDoubtedOneIsNotTaken() {
        BackupSet same = sales.log(at(10, 0), at(10, 30));
        BackupSet other = PaperSets.named("other", same);
        TimeLine doubted = TimeLine.of(List.of(full, first, other), Set.of(other.directory()));
        assertThat(doubted.at(at(10, 30)).orElseThrow().end()).isEqualTo(first);
        assertThat(doubted.proposed().orElseThrow().end()).isEqualTo(first);
    }

    @Test
    void aDoubtedMarkIsNotHiddenBehindAGoodOne() {
        TimeLine doubted = TimeLine.of(List.of(full, first, second), Set.of(second.directory()));
        TimeScale narrow = new TimeScale(at(9, 0), at(13, 0), 20);
        assertThat(TimeLineLayout.of(doubted, narrow, Set.of()).marks())
                .extracting(PlacedMark::doubted)
                .containsExactly(false, false, true);
    }

    @Test
    void setsOutOfReachAreSeenAllTheSame() {
        assertThat(line.marks()).extracting(Mark::set).containsExactly(full, first, second, cut);
        assertThat(line.marks().getLast().reachable()).isFalse();
        assertThat(line.endOf(cut)).isEmpty();
    }

    @Test
    void marksThatWouldCoverEachOtherBecomeOne() {
        TimeScale wide = new TimeScale(at(9, 0), at(13, 0), 960);
        TimeLineLayout layout = TimeLineLayout.of(line, wide, Set.of(second));
        assertThat(layout.marks()).extracting(PlacedMark::sets).containsExactly(1, 1, 1, 1);
        assertThat(layout.marks())
                .extracting(PlacedMark::chosen)
                .containsExactly(false, false, true, false);
        assertThat(layout.bars())
                .containsExactly(
                        new TimeLineLayout.Bar(
                                wide.x(END_OF_FULL), wide.x(at(11, 0)) - wide.x(END_OF_FULL)));

        TimeScale narrow = new TimeScale(at(9, 0), at(13, 0), 20);
        List<PlacedMark> few = TimeLineLayout.of(line, narrow, Set.of(second)).marks();
        assertThat(few).extracting(PlacedMark::sets).containsExactly(1, 2, 1);
        assertThat(few.get(1).chosen()).as("one of the two is").isTrue();
    }

    @Test
    void whatIsOutOfSightIsNotDrawn() {
        TimeScale part = new TimeScale(at(10, 20), at(10, 40), 600);
        TimeLineLayout layout = TimeLineLayout.of(line, part, Set.of());
        assertThat(layout.marks()).extracting(PlacedMark::x).containsExactly(300.0);
        assertThat(layout.bars()).containsExactly(new TimeLineLayout.Bar(0, 600));
    }
}
