package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "64K, 65536",
        "64k, 65536",
        "20M, 20971520",
        "2G, 2147483648",
        "1T, 1099511627776",
        "' 7M ', 7340032"
    })
    void readsBytesWithAtMostOneBinaryUnit(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "M", "1.5M", "-1", "20MB", "20 M", "0x10", "1e6", "twenty", "+3", "٣"})
    void refusesAnythingElseAndShowsTheForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining("\"" + text + "\" is no size")
                .withMessageContaining("512, 64K, 20M or 2G");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999999T", "999999999999999999G"})
    void refusesWhatDoesNotFitALong(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining("larger than any disk");
    }
}
