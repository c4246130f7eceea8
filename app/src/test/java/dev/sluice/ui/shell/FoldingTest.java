package dev.sluice.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    private static final double USUAL = 13;

    private final DoubleProperty width = new SimpleDoubleProperty(1280);
    private final DoubleProperty em = new SimpleDoubleProperty(USUAL);
    private final Folding folding = new Folding(width, em);

    /** At the smallest window, a usual one, and a large one. */
    @ParameterizedTest
    @CsvSource({
        "1024, 75, false",
        "1024, 100, false",
        "1024, 125, true",
        "1024, 200, true",
        "1280, 100, false",
        "1280, 150, false",
        "1280, 200, true",
        "1920, 200, false",
        "0, 200, false"
    })
    void isNarrowWhereALineHoldsFewerThan65Letters(double width, int percent, boolean narrow) {
        assertThat(Folding.isNarrow(width, USUAL * percent / 100)).isEqualTo(narrow);
    }

    @Test
    void foldsAsTheTextsGrowAndUnfoldsAsTheWindowDoes() {
        assertThat(folding.folded().get()).isFalse();
        em.set(2 * USUAL);
        assertThat(folding.folded().get()).isTrue();
        width.set(1920);
        assertThat(folding.folded().get()).isFalse();
    }

    @Test
    void staysOpenWhereSomebodyOpenedItUntilThereIsRoom() {
        width.set(800);
        folding.opened().set(true);
        assertThat(folding.folded().get()).isFalse();
        width.set(790);
        assertThat(folding.folded().get()).isFalse();

        width.set(1280);
        width.set(800);
        assertThat(folding.folded().get()).as("folded by itself again").isTrue();
    }
}
