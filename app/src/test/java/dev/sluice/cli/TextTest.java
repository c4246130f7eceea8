package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "102348, 99.9 KiB",
        "102400, 100 KiB",
        "1048575, 1.0 MiB",
        "20971520, 20.0 MiB",
        "3221225472, 3.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void givesBytesABinaryUnit(long bytes, String text) {
        assertThat(Text.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "450, 0.4 s",
        "59999, 59.9 s",
        "60000, 1 min 00 s",
        "125000, 2 min 05 s",
        "11220000, 3 h 07 min",
        "360000000, 100 h 00 min"
    })
    void givesSpansTheUnitThatFits(long millis, String text) {
        // 59999 ms must not become "60.0 s"
        assertThat(Text.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 s",
        "1, 1 s",
        "6000, 6 s",
        "6001, 7 s",
        "59001, 1 min 00 s",
        "61000, 1 min 01 s"
    })
    void expectsWholeSeconds(long millis, String text) {
        assertThat(Text.roughly(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 devices", "1, 1 device", "4, 4 devices"})
    void countsWithTheRightEnding(long number, String text) {
        assertThat(Text.count(number, "device")).isEqualTo(text);
    }
}
