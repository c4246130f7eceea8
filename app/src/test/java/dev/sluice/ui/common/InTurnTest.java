package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ui.Later;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class InTurnTest {

    private final Later background = new Later();
    private final InTurn inTurn = new InTurn(background);
    private final List<String> heard = new ArrayList<>();

    private void ask(String name) {
        inTurn.run(() -> name, heard::add, failure -> heard.add(failure.getMessage()));
    }

    @Test
    void whatIsAskedForNextWaitsForWhatIsUnderWay() {
        ask("first");
        ask("second");
        assertThat(background.waiting()).isEqualTo(1);
        background.doNewest();
        assertThat(heard).containsExactly("first");
        background.doAll();
        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void aFailureHoldsNothingUp() {
        inTurn.<String>run(
                () -> {
                    throw new IllegalStateException("no");
                },
                heard::add,
                failure -> heard.add(failure.getMessage()));
        ask("second");
        background.doAll();
        assertThat(heard).containsExactly("no", "second");
    }

    @Test
    void anAnswerThatCannotBeHeardHoldsNothingUp() {
        inTurn.run(
                () -> "first",
                answer -> {
                    throw new IllegalStateException(answer);
                },
                failure -> {});
        ask("second");
        assertThatThrownBy(background::doNext).hasMessage("first");
        background.doAll();
        assertThat(heard).containsExactly("second");
    }
}
