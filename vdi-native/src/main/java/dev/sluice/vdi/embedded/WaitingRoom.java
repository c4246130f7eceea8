package dev.sluice.vdi.embedded;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait for one kind of change in a set. Guarded by the set's monitor. Unlike a
 * condition of the JDK's it allocates nothing per wait, and lets a test drive the time.
 */
final class WaitingRoom {

    private @Nullable Thread[] waiting = new Thread[2];
    private int count;

    /** Enrols the calling thread, to be called out once. */
    void enter(Thread thread) {
        if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * count);
        }
        waiting[count++] = thread;
    }

    /** Takes a thread off the list if it was not called out. */
    void leave(Thread thread) {
        for (int i = 0; i < count; i++) {
            if (waiting[i] == thread) {
                waiting[i] = waiting[--count];
                waiting[count] = null;
                return;
            }
        }
    }

    /**
     * Calls one thread out; null when none waits. The caller unparks it outside the monitor, where
     * the slow system call holds up nobody.
     */
    @Nullable Thread callOne() {
        if (count == 0) {
            return null;
        }
        Thread called = waiting[--count];
        waiting[count] = null;
        return called;
    }

    /** Calls every thread out and unparks it. */
    void callAll() {
        while (count > 0) {
            LockSupport.unpark(callOne());
        }
    }
}
