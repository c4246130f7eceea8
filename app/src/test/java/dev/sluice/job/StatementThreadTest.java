package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementThreadTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    10 percent processed.          | 10
                    100 Prozent verarbeitet.       | 100
                    Se procesó el 20 por ciento.   | 20
                    Обработано процентов: 5.       | 5
                    30%已处理。                      | 30
                    Message 3211: 40 of 100        | 40
                    """,
            delimiter = '|')
    void findsThePercentageWhereverALanguagePutsIt(String text, int percent) {
        assertThat(StatementThread.percentIn(text)).hasValue(percent);
    }

    @Test
    void takesNoOtherNumberForAPercentage() {
        assertThat(StatementThread.percentIn("processed.")).isEmpty();
        assertThat(StatementThread.percentIn("101 or 3211 percent")).isEmpty();
    }
}
