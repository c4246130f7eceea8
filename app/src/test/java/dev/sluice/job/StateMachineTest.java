package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

class StateMachineTest {

    private final JobLog log = new JobLog("test", Clock.systemUTC());

    static Stream<Arguments> everyPair() {
        return Arrays.stream(JobState.values())
                .flatMap(
                        from -> Arrays.stream(JobState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void movesExactlyAsTheTableSays(JobState from, JobState to) {
        StateMachine machine = new StateMachine(log, from);
        if (from.successors().contains(to)) {
            machine.moveTo(to, Told.asIs("the test"));
            assertThat(machine.state()).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> machine.moveTo(to, Told.asIs("the test")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(from.name())
                    .hasMessageContaining(to.name());
            assertThat(machine.state()).isEqualTo(from);
        }
    }

    @Test
    void logsTheOldStateTheNewOneAndWhy() {
        new StateMachine(log).moveTo(JobState.CONNECTING, Told.asIs("the statement is sent"));
        assertThat(log.events())
                .extracting(JobEvent::text)
                .containsExactly("PREPARING → CONNECTING: the statement is sent");
    }

    /** The table itself, written down once more by hand. */
    @Test
    void theTableIsTheOneInTheDesign() {
        assertThat(successors(JobState.PREPARING)).isEqualTo("CONNECTING CANCELLING FAILED");
        assertThat(successors(JobState.CONNECTING)).isEqualTo("STREAMING CANCELLING FAILED");
        assertThat(successors(JobState.STREAMING)).isEqualTo("FINALISING CANCELLING FAILED");
        assertThat(successors(JobState.FINALISING)).isEqualTo("CANCELLING COMPLETED FAILED");
        assertThat(successors(JobState.CANCELLING)).isEqualTo("COMPLETED CANCELLED FAILED");
        for (JobState end : EnumSet.of(JobState.COMPLETED, JobState.CANCELLED, JobState.FAILED)) {
            assertThat(end.successors()).isEmpty();
            assertThat(end.isTerminal()).isTrue();
        }
    }

    private static String successors(JobState state) {
        Set<JobState> successors = state.successors();
        return String.join(" ", successors.stream().map(JobState::name).toList());
    }
}
