package dev.sluice.vdi.jna.com;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.VdiException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

class ApartmentTest {

    private final ApartmentsInJava com = new ApartmentsInJava();
    private final Apartment apartment = new Apartment(com);

    @AfterEach
    void everyThreadLeft() {
        assertThat(com.threadsInside()).isZero();
        assertThat(com.violations).isEmpty();
    }

    @Test
    void aCallIsMadeInsideOnTheSameThread() {
        Thread caller = Thread.currentThread();
        int result =
                apartment.call(
                        () -> {
                            assertThat(Thread.currentThread()).isSameAs(caller);
                            assertThat(com.depth()).isEqualTo(1);
                            return 42;
                        });
        assertThat(result).isEqualTo(42);
    }

    @Test
    void aCallInsideACallEntersAndLeavesOnceMore() {
        int depth = apartment.call(() -> apartment.call(com::depth) * 10 + com.depth());
        assertThat(depth).isEqualTo(21);
    }

    @Test
    void aCallThatThrowsLeavesAllTheSame() {
        IllegalStateException thrown = new IllegalStateException("inside");
        assertThatThrownBy(
                        () ->
                                apartment.call(
                                        () -> {
                                            throw thrown;
                                        }))
                .isSameAs(thrown);
    }

    @Test
    void aThreadOfASingleThreadedApartmentIsServedByAnotherThreadInside() throws Exception {
        CompletableFuture<Thread> servant = new CompletableFuture<>();
        CompletableFuture<Integer> result =
                onWindowThread(
                        () ->
                                apartment.call(
                                        () -> {
                                            servant.complete(Thread.currentThread());
                                            return com.depth();
                                        }));
        assertThat(await(result)).isPositive();
        servant.get().join();
    }

    @Test
    void aCallFromASingleThreadedApartmentIsServedWhileAnotherOneIsBlocked() throws Exception {
        CompletableFuture<Integer> blocker = new CompletableFuture<>();
        CompletableFuture<Integer> blocked = onWindowThread(() -> apartment.call(blocker::join));
        assertThat(await(onWindowThread(() -> apartment.call(() -> 1)))).isEqualTo(1);
        blocker.complete(2);
        assertThat(await(blocked)).isEqualTo(2);
    }

    @Test
    void aThreadThatCannotEnterForAnotherReasonIsToldCom() {
        com.exhaust();
        assertThat(apartment.call(() -> 1)).isEqualTo(ApartmentsInJava.E_OUTOFMEMORY);
    }

    @Test
    void theKeeperStaysInsideUntilItIsClosed() throws Exception {
        try (ApartmentKeeper keeper = new ApartmentKeeper(apartment)) {
            assertThat(keeper).isNotNull();
            assertThat(com.threadsInside()).isEqualTo(1);
        }
        assertThat(com.threadsInside()).isZero();
    }

    @Test
    void aKeeperThatCannotEnterSaysSoWithComsNumber() {
        com.exhaust();
        assertThatThrownBy(() -> new ApartmentKeeper(apartment))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("CoInitializeEx")
                .hasMessageContaining("0x8007000E");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKeeperWhoseThreadFailsSaysSoAndDoesNotWaitForIt() {
        UnsatisfiedLinkError failure = new UnsatisfiedLinkError("CoInitializeEx");
        com.failWith(failure);
        assertThatThrownBy(() -> new ApartmentKeeper(apartment)).hasCause(failure);
    }

    @Test
    void aClassThatIsNotRegisteredLeavesNothingBehind() {
        assertThatThrownBy(() -> new ComClientBinding(apartment))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("sqlvdi.dll")
                .hasMessageContaining("0x80040154");
    }

    /** Work on a thread that lives in a single-threaded apartment. */
    private CompletableFuture<Integer> onWindowThread(IntSupplier work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    com.becomeSingleThreaded();
                    return work.getAsInt();
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
