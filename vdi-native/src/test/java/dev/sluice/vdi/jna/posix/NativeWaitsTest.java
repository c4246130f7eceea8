package dev.sluice.vdi.jna.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Time-outs are kept whichever unit the library counts in. */
class NativeWaitsTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TIMEOUT = VdiStatus.TIMEOUT.hresult();

    private final Clock clock = new Clock();
    private final NativeWaits waits = new NativeWaits(clock);

    /** A clock that moves only when somebody waits. */
    private static final class Clock implements TimeSource {

        private long now = 42;
        private int pauses;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void park(Object blocker, long deadline) {
            throw new AssertionError("nobody parks here");
        }

        @Override
        public void pause() {
            pauses++;
            now += MILLI;
        }
    }

    /** A library with nothing to deliver, in one unit. */
    private final class Library {

        private final List<Long> waits = new ArrayList<>();
        private final long unit;

        /** Less than asked for, of each wait. */
        private long cut;

        private int answer = TIMEOUT;

        Library(long unit) {
            this.unit = unit;
        }

        int call(long object, long timeout, long result) {
            assertThat(object).isEqualTo(7);
            assertThat(result).isEqualTo(8);
            waits.add(timeout);
            clock.now += Math.max(0, timeout * unit - cut);
            return answer;
        }
    }

    private long millisFor(long timeoutMillis, Library library) {
        long before = clock.now;
        assertThat(waits.make(library::call, 7, timeoutMillis, 8)).isEqualTo(library.answer);
        return TimeUnit.NANOSECONDS.toMillis(clock.now - before);
    }

    @Test
    void aPollIsOneCallAndAWaitWithoutEndIsOneCall() {
        Library library = new Library(MILLI);
        assertThat(millisFor(0, library)).isZero();
        library.answer = VdiStatus.ABORT.hresult();
        waits.make(library::call, 7, -1, 8);
        waits.make(library::call, 7, Long.MAX_VALUE, 8);
        assertThat(library.waits).containsExactly(0L, -1L, -1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 50, 999, 1000, 10_000, 3_600_000})
    void aLibraryInMillisecondsWaitsAsLongAsAsked(long timeout) {
        assertThat(millisFor(timeout, new Library(MILLI))).isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 50, 999, 1000, 1001, 2500, 10_000, 3_600_000})
    void aLibraryInSecondsWaitsOneSecondTooLongAtMost(long timeout) {
        assertThat(millisFor(timeout, new Library(SECOND))).isBetween(timeout, timeout + 999);
    }

    @Test
    void theUnitIsLearnedInFewCallsAndKept() {
        Library library = new Library(MILLI);
        millisFor(10_000, library);
        assertThat(library.waits).hasSizeLessThan(20);
        library.waits.clear();
        millisFor(10_000, library);
        assertThat(library.waits).hasSizeLessThan(6);
        Library slow = new Library(SECOND);
        millisFor(10_000, slow);
        slow.waits.clear();
        millisFor(10_000, slow);
        assertThat(slow.waits).containsExactly(10L);
    }

    @Test
    void aLibraryInSecondsThatCutsTheFirstOneIsNotTakenForMilliseconds() {
        Library library = new Library(SECOND);
        library.cut = SECOND - 5 * MILLI;
        assertThat(millisFor(60_000, library)).isBetween(60_000L, 62_000L);
    }

    @Test
    void aWaitThatWasDelayedOnceDoesNotMakeTheUnitASecond() {
        Library library = new Library(MILLI);
        millisFor(100, library);
        library.cut = -2 * SECOND;
        millisFor(1, library);
        library.cut = 0;
        library.waits.clear();
        assertThat(millisFor(10_000, library)).isEqualTo(10_000);
        assertThat(library.waits).hasSizeLessThan(25);
    }

    @Test
    void aLibraryThatDoesNotWaitAtAllIsNotAskedInASpin() {
        Library library = new Library(0);
        assertThat(millisFor(100, library)).isEqualTo(100);
        assertThat(library.waits).hasSize(100);
        assertThat(clock.pauses).isEqualTo(100);
    }

    @Test
    void whatTheLibraryAnswersEndsTheWait() {
        Library library = new Library(MILLI);
        library.answer = VdiStatus.NOERROR.hresult();
        assertThat(millisFor(5000, library)).isEqualTo(1);
        assertThat(library.waits).containsExactly(1L);
    }
}
