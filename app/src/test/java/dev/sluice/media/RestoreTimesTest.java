package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.RestoreTimes.Span;

import org.junit.jupiter.api.Test;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

class RestoreTimesTest {

    private final PaperSets sales = new PaperSets("prod", "Sales");
    private final BackupSet full = sales.full(at(10, 0));
    private final BackupSet first = sales.log(at(9, 30), at(10, 30));
    private final BackupSet second = sales.log(at(10, 30), at(11, 0));
    private final BackupSet differential = sales.differential(at(11, 10), full);
    private final BackupSet third = sales.log(at(11, 0), at(11, 30));
    private final List<BackupSet> all = List.of(third, differential, second, full, first);

    private static LocalDateTime at(int hour, int minute) {
        return LocalDateTime.of(2026, 3, 4, hour, minute);
    }

    @Test
    void withoutLogsOnlyTheEndsOfBackupsCanBeReached() {
        RestoreTimes times = RestoreTimes.of(List.of(full, differential));
        assertThat(times.spans()).isEmpty();
        assertThat(times.sets()).containsExactly(full, differential);
        assertThat(times.isReachable(full)).isTrue();
        assertThat(times.isReachable(differential)).isTrue();
    }

    @Test
    void logsReachEveryMomentFromTheEndOfADatabaseBackupOn() {
        assertThat(RestoreTimes.of(all).spans())
                .containsExactly(new Span(at(10, 3).plusSeconds(1), at(11, 30)));
    }

    @Test
    void aMissingLogEndsTheSpanAndTheNextDatabaseBackupBeginsAnother() {
        assertThat(RestoreTimes.of(List.of(full, first, differential, third)).spans())
                .containsExactly(
                        new Span(at(10, 3).plusSeconds(1), at(10, 30)),
                        new Span(at(11, 13).plusSeconds(1), at(11, 30)));
    }

    @Test
    void logsWithoutADatabaseBackupReachNothing() {
        RestoreTimes times = RestoreTimes.of(List.of(first, second, differential));
        assertThat(times.spans()).isEmpty();
        assertThat(times.isReachable(first)).isFalse();
        assertThat(times.isReachable(differential)).as("its base is missing").isFalse();
    }

    @Test
    void theNewestBackupThatEndedBeforeTheMomentIsTheBeginning() throws Exception {
        RestoreTimes times = RestoreTimes.of(all);
        assertThat(times.chainTo(at(10, 20))).containsExactly(full, first);
        assertThat(times.chainTo(at(10, 40))).containsExactly(full, first, second);
        assertThat(times.chainTo(at(11, 12)))
                .as("the differential still ran")
                .containsExactly(full, first, second, third);
        assertThat(times.chainTo(at(11, 20))).containsExactly(full, differential, third);
        assertThat(times.chainTo(at(11, 30))).containsExactly(full, differential, third);
    }

    @Test
    void aMomentThatNoLogReachesIsRefusedWithTheEndOfTheNewestSet() {
        assertThatThrownBy(() -> RestoreTimes.of(all).chainTo(at(11, 31)))
                .isInstanceOf(BackupSetException.class)
                .hasMessageContainingAll("no log backup reaches 2026-03-04T11:31", "11:30");
    }

    @Test
    void aMomentBeforeTheFirstFullBackupEndedIsRefusedWithItsEnd() {
        assertThatThrownBy(() -> RestoreTimes.of(all).chainTo(at(10, 3)))
                .isInstanceOf(BackupSetException.class)
                .hasMessageContainingAll("full backup is missing", "10:03", "10:03:01");
        assertThatThrownBy(() -> RestoreTimes.of(List.of()).chainTo(at(10, 3)))
                .isInstanceOf(BackupSetException.class)
                .hasMessageContaining("none of the whole database");
    }

    @Test
    void otherDatabasesLeadNowhere() throws Exception {
        PaperSets others = new PaperSets("prod", "Stock");
        List<BackupSet> mixed = new ArrayList<>(all);
        mixed.add(others.full(at(10, 10)));
        mixed.add(others.log(at(10, 10), at(10, 25)));
        RestoreTimes times = RestoreTimes.around(third, mixed);
        assertThat(times.chainTo(at(10, 20))).containsExactly(full, first);
    }

    @Test
    void aMomentInAGapIsRefusedWithWhatIsMissing() {
        RestoreTimes times = RestoreTimes.of(List.of(full, first, third));
        assertThatThrownBy(() -> times.chainTo(at(10, 45)))
                .hasMessageContaining("a log backup is missing");
    }

    @Test
    void timesAreThoseOfTheServer() {
        assertThat(RestoreTimes.reach(first)).isEqualTo(at(10, 30));
    }

    @Test
    void thousandsOfLogsAreNoTrouble() throws Exception {
        List<BackupSet> many = new ArrayList<>(List.of(full));
        for (int i = 0; i < 3000; i++) {
            many.add(
                    sales.log(at(10, 0).plusMinutes(15L * i), at(10, 0).plusMinutes(15L * i + 15)));
        }
        RestoreTimes times = RestoreTimes.of(many);
        assertThat(times.spans()).hasSize(1);
        assertThat(times.chainTo(at(10, 5).plusDays(2))).hasSizeGreaterThan(190);
    }
}
