package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.words.Said;

import java.util.concurrent.CompletableFuture;

/**
 * A thread that stays in the multithreaded apartment for the life of a device set object. Without
 * it the apartment would end whenever the last call leaves it, and COM would unload what lives in
 * it between two calls.
 */
final class ApartmentKeeper implements AutoCloseable {

    private final CompletableFuture<Integer> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /**
     * Returns when the thread is inside.
     *
     * @throws VdiException with COM's number when it cannot enter
     */
    ApartmentKeeper(Apartment apartment) throws VdiException {
        Thread.ofPlatform().name("vdi-apartment").daemon().start(() -> stay(apartment));
        int status = entered.join();
        if (status < 0) {
            throw new VdiException(Said.of("call.apartment", "CoInitializeEx"), status);
        }
    }

    private void stay(Apartment apartment) {
        try {
            entered.complete(apartment.call(() -> waitInside()));
        } catch (RuntimeException | Error e) {
            // thrown again by who waits for the entry
            entered.completeExceptionally(e);
        } finally {
            left.complete(null);
        }
    }

    private int waitInside() {
        entered.complete(0);
        end.join();
        return 0;
    }

    /** Lets the thread leave, and returns when it has; idempotent. */
    @Override
    public void close() {
        end.complete(null);
        left.join();
    }
}
