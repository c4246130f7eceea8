package dev.sluice.vdi.jna.client;

import static dev.sluice.vdi.conformance.Rig.assertStatus;
import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.protocol.DeviceSetState;
import dev.sluice.vdi.protocol.VdiStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Native Close comes once, and only when nothing of ours is inside or outstanding. */
class CloseTest {

    private static Running<VdiStatus> closing(Client client) {
        return Running.start("close", () -> statusOf(client.set::close));
    }

    private static Running<VdiStatus> fetching(ClientDevice device) {
        return Running.start("fetch", () -> statusOf(() -> device.getCommand(-1)));
    }

    private static void assertNotClosed(Client client) {
        assertThat(client.server().calls()).doesNotContain("Close", "ReleaseDevice", "Release");
    }

    @Test
    void itWaitsForAThreadThatIsStillOnItsWayOutOfGetCommand() throws VdiException {
        try (Client client = Client.active(1)) {
            Running<VdiStatus> fetch = fetching(client.device()).untilBlocked();
            client.server().detain();
            Running<VdiStatus> close = closing(client).untilWaiting();
            assertThat(client.server().isAborted()).isTrue();
            assertNotClosed(client);
            client.server().letGo();
            assertThat(fetch.status()).isEqualTo(VdiStatus.NOERROR);
            assertThat(fetch.result()).isEqualTo(VdiStatus.ABORT);
            assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
        }
    }

    @Test
    void itCallsOutAThreadThatWaitsForTheConfiguration() throws VdiException {
        try (Client client = new Client().create(1)) {
            Running<VdiStatus> wait =
                    Running.start("wait", () -> statusOf(() -> client.set.getConfiguration(-1)))
                            .untilBlocked();
            client.set.close();
            assertThat(wait.result()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void itWaitsForACommandInTheClientsHandsWhoseBufferLivesSoLong() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            Running<VdiStatus> close = closing(client).untilWaiting();
            assertThat(client.server().isAborted()).isTrue();
            assertNotClosed(client);
            held.buffer().putLong(0, 42);
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
            assertThatIllegalStateException().isThrownBy(held::buffer);
        }
    }

    @Test
    void itWaitsForEveryCommandOfEveryDevice() throws VdiException {
        try (Client client = Client.active(2)) {
            Command first = client.fetchWrite(0, client.server().buffer(Client.SIZE));
            Command second = client.fetchWrite(1, client.server().buffer(Client.SIZE));
            Running<VdiStatus> close = closing(client).untilWaiting();
            assertStatus(
                    VdiStatus.ABORT, () -> client.devices.get(1).completeCommand(second, 0, 0, 0));
            close.untilBlocked();
            assertNotClosed(client);
            assertStatus(
                    VdiStatus.ABORT, () -> client.devices.get(0).completeCommand(first, 0, 0, 0));
            assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
        }
    }

    @Test
    void itWaitsForInputAndOutputOnABufferThatWasKept() throws Exception {
        try (Client client = Client.active(1)) {
            Command command = client.fetchWrite();
            ByteBuffer kept = command.buffer();
            client.complete(command);
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel sink = pipe.sink();
                    Pipe.SourceChannel source = pipe.source()) {
                fill(sink);
                Running<Integer> write = Running.start("write", () -> sink.write(kept));
                untilInside(write);
                Running<VdiStatus> close = closing(client).untilWaiting();
                assertThat(client.server().isAborted()).isTrue();
                assertNotClosed(client);
                drain(source, write);
                assertThat(write.result()).isEqualTo(Client.SIZE);
                assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
            }
        }
    }

    private static void fill(Pipe.SinkChannel sink) throws IOException {
        sink.configureBlocking(false);
        ByteBuffer some = ByteBuffer.allocateDirect(Client.SIZE);
        while (sink.write(some.clear()) > 0) {
            Thread.onSpinWait();
        }
        sink.configureBlocking(true);
    }

    /** Waits until a thread is inside a write of the operating system's. */
    private static void untilInside(Running<?> write) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        StackTraceElement[] stack = write.thread.getStackTrace();
        while (stack.length == 0 || !stack[0].getMethodName().equals("write0")) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
            stack = write.thread.getStackTrace();
        }
    }

    private static void drain(Pipe.SourceChannel source, Running<?> write) throws IOException {
        ByteBuffer some = ByteBuffer.allocateDirect(Client.SIZE);
        // the write may be over before its thread says so, and then nothing more comes
        source.configureBlocking(false);
        while (!write.isDone()) {
            source.read(some.clear());
        }
    }

    @Test
    void ofTwoThreadsThatCloseOneDoesItAndTheOtherIsRefused() throws VdiException {
        for (int round = 0; round < 200; round++) {
            try (Client client = Client.active(1)) {
                CyclicBarrier together = new CyclicBarrier(2);
                List<Running<VdiStatus>> both =
                        List.of(closingAt(together, client), closingAt(together, client));
                assertThat(both)
                        .extracting(Running::result)
                        .containsExactlyInAnyOrder(VdiStatus.OPEN, VdiStatus.PROTOCOL);
            }
        }
    }

    private static Running<VdiStatus> closingAt(CyclicBarrier together, Client client) {
        return Running.start(
                "close",
                () -> {
                    together.await();
                    return statusOf(client.set::close);
                });
    }

    @Test
    void whileOneThreadClosesEveryOtherCallIsRefusedAndOnlyCompletionsPass() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            Running<VdiStatus> close = closing(client).untilWaiting();
            List<String> before = client.server().calls();
            assertStatus(VdiStatus.PROTOCOL, () -> client.device().getCommand(0));
            assertStatus(VdiStatus.PROTOCOL, () -> client.set.getConfiguration(0));
            assertStatus(VdiStatus.PROTOCOL, () -> client.set.openDevice("1"));
            assertStatus(VdiStatus.PROTOCOL, client.set::signalAbort);
            assertStatus(VdiStatus.PROTOCOL, client.set::close);
            assertThat(client.server().calls()).isEqualTo(before);
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(close.result()).isEqualTo(VdiStatus.OPEN);
        }
    }

    @Test
    void anInterruptDoesNotEndTheWaitAndIsRestored() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            Running<Boolean> close =
                    Running.start(
                            "close",
                            () -> {
                                statusOf(client.set::close);
                                return Thread.currentThread().isInterrupted();
                            });
            close.untilBlocked().thread.interrupt();
            close.untilBlocked();
            assertNotClosed(client);
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(close.result()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceSetState.class,
            names = {"DOES_NOT_EXIST", "CONNECTED"},
            mode = Mode.EXCLUDE)
    void itReturnsWhatTheStateSays(DeviceSetState state) throws VdiException {
        try (Client client = Client.in(state)) {
            VdiStatus expected =
                    state == DeviceSetState.ACTIVE ? VdiStatus.OPEN : VdiStatus.NOERROR;
            assertStatus(expected, client.set::close);
            assertStatus(VdiStatus.PROTOCOL, client.set::close);
        }
    }

    @Test
    void afterAnAbortOfTheServerThatNobodyNoticedItSucceeds() throws VdiException {
        try (Client client = Client.active(1)) {
            Command held = client.fetchWrite();
            client.server().abort();
            Running<VdiStatus> close = closing(client).untilWaiting();
            assertStatus(VdiStatus.ABORT, () -> client.complete(held));
            assertThat(close.result()).isEqualTo(VdiStatus.NOERROR);
        }
    }

    @Test
    void aSetThatEndedNormallyIsNotAborted() throws VdiException {
        try (Client client = Client.in(DeviceSetState.NORMALLY_TERMINATED)) {
            client.set.close();
            assertThat(client.server().isAborted()).isFalse();
        }
    }

    @Test
    void anythingKeptBeyondItRefusesAccess() throws VdiException {
        try (Client client = Client.active(1)) {
            Command command = client.fetchWrite();
            ByteBuffer data = command.buffer();
            ByteBuffer part = data.slice(16, 16);
            ByteBuffer prefix = command.prefixZone();
            ByteBuffer mapped =
                    client.set.mapBufferHandle(client.set.getBufferHandle(data), Client.SIZE);
            client.complete(command);
            assertStatus(VdiStatus.OPEN, client.set::close);
            for (ByteBuffer kept : List.of(data, part, prefix, mapped)) {
                assertThatIllegalStateException().isThrownBy(() -> kept.get(0));
                assertThatIllegalStateException().isThrownBy(() -> kept.put(0, (byte) 1));
            }
            assertThatIllegalStateException().isThrownBy(command::buffer);
            assertThatIllegalStateException().isThrownBy(command::prefixZone);
        }
    }

    @Test
    void aDeviceKeptBeyondItRefusesCallsWithoutTheLibrary() throws VdiException {
        try (Client client = Client.active(1)) {
            Command command = client.fetchWrite();
            client.complete(command);
            assertStatus(VdiStatus.OPEN, client.set::close);
            List<String> before = client.server().calls();
            assertStatus(VdiStatus.PROTOCOL, () -> client.device().getCommand(-1));
            assertStatus(VdiStatus.PROTOCOL, () -> client.complete(command));
            assertThat(client.server().calls()).isEqualTo(before);
        }
    }

    @Test
    void theObservationOfAClosedSetCanStillBeRead() throws VdiException {
        try (Client client = Client.active(1)) {
            var look = client.set.observe().orElseThrow();
            client.complete(client.fetchWrite());
            assertStatus(VdiStatus.OPEN, client.set::close);
            assertThat(look.bufferCount()).isEqualTo(1);
            assertThat(look.outstanding()).isZero();
        }
    }

    @Test
    void whatTheLibraryFailsWithIsToldAndEverythingIsReleasedAllTheSame() throws VdiException {
        try (Client client = Client.in(DeviceSetState.NORMALLY_TERMINATED)) {
            client.server().closeResult = VdiStatus.UNEXPECTED.hresult();
            assertThatExceptionOfType(VdiException.class)
                    .isThrownBy(client.set::close)
                    .withMessageContaining("Close on set \"set\"")
                    .withMessageContaining("VD_E_UNEXPECTED");
            assertThat(client.server().isReleased()).isTrue();
        }
    }

    @Test
    void aLibraryThatCallsTheDevicesOfAnAbortedSetOpenIsNotBelieved() throws VdiException {
        try (Client client = Client.in(DeviceSetState.ABNORMALLY_TERMINATED)) {
            client.server().closeResult = VdiStatus.OPEN.hresult();
            assertStatus(VdiStatus.NOERROR, client.set::close);
        }
    }

    @Test
    void theObjectMakesAnotherSetWithNoTraceOfTheAbortBefore() throws VdiException {
        try (Client client = Client.in(DeviceSetState.ABNORMALLY_TERMINATED)) {
            client.set.close();
            client.devices.clear();
            client.create(1).configure().open(1);
            client.complete(client.fetchWrite());
            assertThat(client.server().completions()).hasSize(1);
            assertThat(client.library.made).hasSize(2);
            assertStatus(VdiStatus.OPEN, client.set::close);
            assertThat(client.library.made.getFirst().isReleased()).isTrue();
        }
    }
}
