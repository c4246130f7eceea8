package dev.sluice.vdi.jna.posix;

import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.protocol.VdiStatus;

import java.util.concurrent.TimeUnit;

/**
 * Calls that wait, in a library whose time-outs are in milliseconds or in seconds: the sources
 * disagree (vdi-facts X-9). So a time-out is measured, not trusted: the library is asked to wait
 * for one unit, and for longer only after it has shown how long that is. A caller's time-out is
 * exceeded by one unit at most. What was learned holds for one set; safe from any thread.
 */
final class NativeWaits {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A unit that takes longer than this is a second, late or early, and no millisecond. */
    private static final long BETWEEN = SECOND / 2;

    private static final long IN_SECONDS = -1;

    private final TimeSource time;

    /**
     * The longest wait, in units, that proved to be one of milliseconds; {@link #IN_SECONDS} when
     * one took seconds. The next may be twice as long: a library that counts in seconds and cuts
     * the first one short is found out by the second.
     */
    private volatile long proven;

    /** A call that waits, on an object, and writes its result. */
    interface Call {
        int make(long object, long timeout, long result);
    }

    NativeWaits(TimeSource time) {
        this.time = time;
    }

    /**
     * Makes a call that may wait.
     *
     * @param timeoutMillis 0, {@link ClientBinding#INFINITE}, or at least 1
     * @return what the call returned last
     */
    int make(Call call, long object, long timeoutMillis, long result) {
        if (timeoutMillis == 0) {
            return call.make(object, 0, result);
        }
        long deadline = time.deadline(timeoutMillis);
        if (deadline == TimeSource.NEVER) {
            return call.make(object, ClientBinding.INFINITE, result);
        }
        int status;
        long before = time.nanos();
        do {
            long units = units(deadline - before);
            status = call.make(object, units, result);
            if (status != VdiStatus.TIMEOUT.hresult()) {
                return status;
            }
            learn(units, time.nanos() - before);
            before = time.nanos();
        } while (before - deadline < 0);
        return status;
    }

    private long units(long nanosLeft) {
        long now = proven;
        if (now == IN_SECONDS) {
            return Math.max(1, nanosLeft / SECOND);
        }
        return Math.clamp(nanosLeft / MILLISECOND, 1, Math.max(1, 2 * now));
    }

    private void learn(long units, long nanos) {
        if (nanos >= units * BETWEEN) {
            proven = IN_SECONDS;
            return;
        }
        proven = Math.max(proven, units);
        if (nanos < MILLISECOND / 2) {
            // whatever ended this wait so early must not make a spin of the next ones
            time.pause();
        }
    }
}
