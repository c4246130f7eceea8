package dev.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderNameTest {

    @ParameterizedTest
    @CsvSource({
        "Sales, Sales",
        "My Shop (2026), My Shop (2026)",
        "a/b, a%2Fb",
        "a\\b, a%5Cb",
        ".., %2E%2E",
        ".hidden, %2Ehidden",
        "dot., dot%2E",
        "a:b*c?d<e>f|g, a%3Ab%2Ac%3Fd%3Ce%3Ef%7Cg",
        "100%, 100%25",
        "Aufträge, Auftr%C3%A4ge",
        "CON, %43ON",
        "lpt1.x, %6Cpt1.x",
        "console, console"
    })
    void keepsPlainNamesAndEncodesTheRest(String name, String folder) {
        assertThat(FolderName.of(name)).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\nb", " ", "\u202e", "名前"})
    void everyNameBecomesPlainAscii(String name) {
        assertThat(FolderName.of(name)).matches("[!-~][ -~]*").doesNotContain("/", "\\");
    }

    @Test
    void longNamesAreCutAndStayDifferent() {
        String one = FolderName.of("名".repeat(128));
        String two = FolderName.of("名".repeat(127) + "x");

        assertThat(one.length()).isLessThan(200);
        assertThat(one).isNotEqualTo(two);
        assertThat(FolderName.of("名".repeat(128))).isEqualTo(one);
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> FolderName.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
