package dev.sluice.vdi.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Locale;

class SaidTest {

    private static final Locale BEFORE = Locale.getDefault();

    @AfterEach
    void backToOurLanguage() {
        Locale.setDefault(BEFORE);
    }

    @Test
    void asAStringItIsEnglishOnEveryMachine() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(Said.of("failed", "Close", Said.of("status.MEMORY")))
                .hasToString("Close failed: out of memory");
    }

    @Test
    void aValueStandsAsItIs() {
        assertThat(Said.of("failed", "OpenDevice \"{1}$0\"", "\\1"))
                .hasToString("OpenDevice \"{1}$0\" failed: \\1");
    }

    @Test
    void everyLanguageHasItsOwnWords() {
        assertThat(Said.words(Locale.GERMAN).getString("status.MEMORY"))
                .isNotEqualTo(Said.words(Locale.ROOT).getString("status.MEMORY"));
    }
}
