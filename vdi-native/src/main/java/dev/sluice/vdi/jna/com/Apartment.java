package dev.sluice.vdi.jna.com;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/**
 * The multithreaded apartment of this process. Every thread that touches the interface enters it
 * and leaves it again (vdi-facts A.1); entering once more is cheap as long as an {@link
 * ApartmentKeeper} keeps it alive. A thread that lives in a single-threaded apartment, as JavaFX's
 * on Windows does, cannot enter: its calls are carried out by a thread made for the one call. Safe
 * from any thread.
 */
final class Apartment {

    private static final int COINIT_MULTITHREADED = 0;

    /** The thread is in a single-threaded apartment. */
    static final int RPC_E_CHANGED_MODE = 0x80010106;

    private final ComRuntime com;

    Apartment(ComRuntime com) {
        this.com = com;
    }

    ComRuntime com() {
        return com;
    }

    /**
     * Enters, for the calling thread. Allocates nothing.
     *
     * @return 0 or positive: inside, to be left by {@link #leave}; also when the thread is there
     *     already (S_FALSE). Negative: not inside, for {@link #elsewhere}
     */
    int enter() {
        return com.coInitializeEx(COINIT_MULTITHREADED);
    }

    /** Leaves, once for each successful {@link #enter}. */
    void leave() {
        com.coUninitialize();
    }

    /** Carries out a call inside the apartment, on this thread if it can enter. */
    int call(IntSupplier call) {
        int entered = enter();
        if (entered < 0) {
            return elsewhere(entered, call);
        }
        try {
            return call.getAsInt();
        } finally {
            leave();
        }
    }

    /**
     * Carries out a call that this thread cannot make.
     *
     * @param refusal what {@link #enter} returned
     * @return what the call returned, or the refusal where another thread would not help
     */
    int elsewhere(int refusal, IntSupplier call) {
        if (refusal != RPC_E_CHANGED_MODE) {
            return refusal;
        }
        // join is not interrupted, as little as the native call itself would be
        return CompletableFuture.supplyAsync(() -> call(call), Apartment::onThreadOfItsOwn).join();
    }

    private static void onThreadOfItsOwn(Runnable call) {
        Thread.ofPlatform().name("vdi-call").daemon().start(call);
    }
}
