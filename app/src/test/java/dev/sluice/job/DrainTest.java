package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.DrainStep.Status;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

class DrainTest {

    private final AtomicLong now = new AtomicLong();
    private final Drain drain = new Drain(now::get);

    private DrainStep step(Phase phase) {
        return drain.steps().stream()
                .filter(step -> step.phase() == phase)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasNoStepsBeforeItBegins() {
        assertThat(drain.steps()).isEmpty();
        assertThat(drain.hasBegun()).isFalse();
    }

    @Test
    void listsEveryPhaseInOrderFromTheFirstStepOn() {
        drain.done(Phase.STOP_REQUESTED, Told.of("by.other", "the test"));
        assertThat(drain.steps()).extracting(DrainStep::phase).containsExactly(Phase.values());
        assertThat(step(Phase.STOP_REQUESTED).status()).isEqualTo(Status.DONE);
        assertThat(step(Phase.SET_CLOSED).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void tellsAFailureFromAStopThatWasAskedFor() {
        drain.done(Phase.STOP_REQUESTED, Told.asIs("device 1: the disk is full"));
        assertThat(step(Phase.STOP_REQUESTED).isFailure()).isTrue();
        assertThat(step(Phase.SET_CLOSED).isFailure()).isFalse();
        for (String who : List.of(Triggers.USER, Triggers.END_OF_PROGRAM, "the test")) {
            drain.done(Phase.STOP_REQUESTED, Triggers.by(who));
            assertThat(step(Phase.STOP_REQUESTED).isFailure()).isFalse();
            String words = Triggers.by(who).english();
            drain.done(Phase.STOP_REQUESTED, Told.asIs(words));
            assertThat(step(Phase.STOP_REQUESTED).isFailure()).as("an older row").isFalse();
        }
    }

    @Test
    void measuresEachStep() {
        drain.begin(Phase.SET_CLOSED);
        now.set(5_000_000);
        assertThat(step(Phase.SET_CLOSED).status()).isEqualTo(Status.ACTIVE);
        assertThat(step(Phase.SET_CLOSED).elapsed()).isEqualTo(Duration.ofMillis(5));
        drain.done(Phase.SET_CLOSED, Told.NOTHING);
        now.set(9_000_000);
        assertThat(step(Phase.SET_CLOSED).elapsed()).isEqualTo(Duration.ofMillis(5));
    }

    private static Supplier<List<BufferUse>> buffers(BufferUse... uses) {
        return () -> new ArrayList<>(List.of(uses));
    }

    @Test
    void countsBuffersBackUntilNoneIsOutAndMarksThem() {
        drain.beginReturning(
                buffers(
                        BufferUse.HELD,
                        BufferUse.SERVER,
                        BufferUse.HELD,
                        BufferUse.HELD,
                        BufferUse.QUEUED),
                3);
        Told note = Told.of("drain.inIo", 2, Duration.ofMillis(1_300));
        Drain.Look look =
                drain.look(
                        buffers(
                                BufferUse.FREE,
                                BufferUse.SERVER,
                                BufferUse.WRITING,
                                BufferUse.SERVER,
                                BufferUse.FREE),
                        1,
                        note);
        assertThat(look.buffers())
                .containsExactly(
                        BufferUse.RETURNED,
                        BufferUse.SERVER,
                        BufferUse.WRITING,
                        BufferUse.RETURNED,
                        BufferUse.FREE);
        assertThat(look.steps()).contains(step(Phase.BUFFERS_RETURNED));
        assertThat(step(Phase.BUFFERS_RETURNED).detail())
                .isEqualTo("2 of 3 buffers returned; device 2 is in an I/O since 1.3 s");
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.ACTIVE);
        now.set(7_000_000);
        Supplier<List<BufferUse>> free = buffers(BufferUse.FREE, BufferUse.FREE, BufferUse.FREE);
        drain.look(free, 0, null);
        assertThat(step(Phase.BUFFERS_RETURNED).detail()).isEqualTo("3 of 3 buffers returned");
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.DONE);
        assertThat(step(Phase.BUFFERS_RETURNED).elapsed()).isEqualTo(Duration.ofMillis(7));
        assertThat(drain.look(free, 0, null).buffers())
                .as("until the end of the set")
                .containsExactly(BufferUse.RETURNED, BufferUse.FREE, BufferUse.RETURNED);
    }

    @Test
    void waitsForACommandThatCarriesNoBuffer() {
        drain.beginReturning(buffers(BufferUse.SERVER), 1);
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.ACTIVE);
        Told note = Told.of("drain.inIo", 1, Duration.ofMillis(1_300));
        drain.look(buffers(BufferUse.SERVER), 1, note);
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.ACTIVE);
        assertThat(step(Phase.BUFFERS_RETURNED).detail())
                .isEqualTo("device 1 is in an I/O since 1.3 s");
        drain.look(buffers(BufferUse.SERVER), 0, null);
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.DONE);
    }

    @Test
    void allAreBackWhenTheWorkersHaveLeft() {
        drain.beginReturning(buffers(BufferUse.HELD, BufferUse.HELD), 2);
        drain.allReturned();
        assertThat(step(Phase.BUFFERS_RETURNED).detail()).isEqualTo("2 of 2 buffers returned");
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.DONE);
    }

    @Test
    void saysInWordsThatNoBufferWasInOurHands() {
        drain.beginReturning(buffers(BufferUse.SERVER), 0);
        assertThat(step(Phase.BUFFERS_RETURNED).detail())
                .isEqualTo("no buffer was in Sluice’s hands");
        assertThat(step(Phase.BUFFERS_RETURNED).status()).isEqualTo(Status.DONE);
    }

    @Test
    void marksNothingOutsideADrain() {
        assertThat(drain.look(buffers(BufferUse.WRITING), 1, null).buffers())
                .containsExactly(BufferUse.WRITING);
        assertThat(drain.look(buffers(BufferUse.FREE), 0, null).buffers())
                .containsExactly(BufferUse.FREE);
        assertThat(drain.hasBegun()).isFalse();
    }

    @Test
    void countsABufferThatWasFetchedWhileTheAbortWasSent() {
        drain.beginReturning(buffers(BufferUse.HELD, BufferUse.QUEUED), 0);
        drain.look(buffers(BufferUse.HELD, BufferUse.HELD), 0, null);
        assertThat(step(Phase.BUFFERS_RETURNED).detail()).isEqualTo("0 of 2 buffers returned");
    }
}
