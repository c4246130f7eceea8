package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class FormatsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048575, 1.0 MiB",
        "1610612736, 1.5 GiB"
    })
    void sizesAreInBinaryUnits(long bytes, String text) {
        assertThat(Formats.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "59, 0:59", "61, 1:01", "3723, 1:02:03"})
    void spansAreReadLikeAClock(long seconds, String text) {
        assertThat(Formats.span(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1536, 1.5 KiB",
        "22020096, 21.0 MiB",
        "104752742, 99.9 MiB",
        "104805172, 100 MiB",
        "536870912, 512 MiB",
        "1072693248, 1023 MiB",
        "1073741824, 1.0 GiB"
    })
    void inANarrowColumnSizesHaveAtMostFourDigits(long bytes, String text) {
        assertThat(Formats.bytesInShort(bytes)).isEqualTo(text);
        assertThat(Formats.rateInShort((double) bytes)).isEqualTo(text + "/s");
    }

    @Test
    void aHundredPercentMeansAllOfIt() {
        assertThat(Formats.percent(0.9999)).isEqualTo("99%");
        assertThat(Formats.percent(1)).isEqualTo("100%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0", "1e", "1,5"})
    void whatIsNoPositiveNumberIsNoRateLimit(String text) {
        assertThat(Numbers.mebibytes(text)).isEmpty();
    }

    @Test
    void rateLimitsReadBackAsTheyAreShown() {
        long bytes = Numbers.mebibytes(" 1.5 ").orElseThrow();
        assertThat(bytes).isEqualTo(1_572_864);
        assertThat(Numbers.toMebibytes(bytes)).isEqualTo("1.5");
        assertThat(Numbers.toMebibytes(20L << 20)).isEqualTo("20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "four", "", "4.5", "99999999999"})
    void whatIsNoWholeNumberInRangeIsRefused(String text) {
        assertThat(Numbers.whole(text, 1, 64)).isEmpty();
    }
}
