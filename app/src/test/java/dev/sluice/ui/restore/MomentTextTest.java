package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;
import java.time.LocalDateTime;

class MomentTextTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-04 09:05:00",
                "2026-03-04 09:05",
                "2026-03-04T09:05:00",
                "  2026-03-04   9:05 ",
                "9:05",
                "09:05:00"
            })
    void isReadTheWayPeopleWriteIt(String text) {
        assertThat(MomentText.read(text, DAY)).contains(DAY.atTime(9, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "25:00", "2026-02-30 10:00", "9", "2026-03-04", "9:5"})
    void whatIsNoMomentIsNotGuessedAt(String text) {
        assertThat(MomentText.read(text, DAY)).isEmpty();
    }

    @Test
    void isWrittenTheWayItIsRead() {
        LocalDateTime moment = DAY.atTime(9, 5, 7);
        assertThat(MomentText.write(moment)).isEqualTo("2026-03-04 09:05:07");
        assertThat(MomentText.read(MomentText.write(moment), LocalDate.MIN)).contains(moment);
    }
}
