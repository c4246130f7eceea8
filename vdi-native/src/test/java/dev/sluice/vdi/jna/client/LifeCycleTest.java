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
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Objects;

class LifeCycleTest {

    private static final int E_ACCESSDENIED = 0x80070005;

    private final ScriptedLibrary library = new ScriptedLibrary();
    private final NativeDeviceSet set = new NativeDeviceSet(library);

    private void create(String name) throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(1, 0));
    }

    @Test
    void aSetLivesOnOneNativeObjectFromCreateToRelease() throws VdiException {
        try (Client client = Client.active(1)) {
            client.complete(client.fetchWrite());
            client.server().closeDevice(0);
            assertStatus(VdiStatus.CLOSE, () -> client.device().getCommand(-1));
            client.set.close();
            assertThat(client.server().calls())
                    .containsExactly(
                            "Create",
                            "GetConfiguration",
                            "OpenDevice",
                            "GetCommand",
                            "CompleteCommand",
                            "GetCommand",
                            "ReleaseDevice",
                            "Close",
                            "Release");
        }
    }

    @Test
    void withoutASetNoCallReachesTheLibrary() {
        assertStatus(VdiStatus.PROTOCOL, () -> set.getConfiguration(0));
        assertStatus(VdiStatus.PROTOCOL, () -> set.openDevice("0"));
        assertStatus(VdiStatus.PROTOCOL, () -> set.getBufferHandle(ByteBuffer.allocateDirect(1)));
        assertStatus(VdiStatus.PROTOCOL, () -> set.mapBufferHandle(0, 1));
        assertStatus(VdiStatus.PROTOCOL, set::signalAbort);
        assertStatus(VdiStatus.PROTOCOL, set::close);
        assertThat(set.observe()).isEmpty();
        assertThat(library.made).isEmpty();
    }

    @Test
    void badInputIsRefusedBeforeTheLibraryIsTouched() {
        DeviceSetConfiguration one = DeviceSetConfiguration.request(1, 0);
        DeviceSetConfiguration many = DeviceSetConfiguration.request(65, 0);
        assertStatus(VdiStatus.INSTANCE_NAME, () -> set.create("OTHER", "set", one));
        assertStatus(VdiStatus.INVALID, () -> set.create(null, "a\\b", one));
        assertStatus(VdiStatus.INVALID, () -> set.create(null, "bad", one));
        assertStatus(VdiStatus.NOT_SUPPORTED, () -> set.create(null, "set", many));
        assertStatus(VdiStatus.INSTANCE_NAME, () -> set.openInSecondary("OTHER", "set"));
        assertStatus(VdiStatus.PROTOCOL, () -> set.openInSecondary(null, "bad"));
        assertThat(library.made).isEmpty();
    }

    @Test
    void anEmptyInstanceNameIsTheDefaultInstance() throws VdiException {
        set.create("", "set", DeviceSetConfiguration.request(1, 0));
        set.close();
        assertThat(library.last().isReleased()).isTrue();
    }

    @Test
    void aRefusedCreateLeavesNothingAndTheNextHasAnObjectOfItsOwn() throws VdiException {
        library.beginResult = VdiStatus.INSTANCE_NAME.hresult();
        assertStatus(VdiStatus.INSTANCE_NAME, () -> create("set"));
        assertThat(library.last().calls()).containsExactly("Create", "Release");
        library.beginResult = 0;
        create("set");
        set.close();
        assertThat(library.made).hasSize(2);
        assertThat(library.last().calls()).containsExactly("Create", "Close", "Release");
    }

    @Test
    void aRefusedSecondaryLeavesNothing() {
        library.beginResult = VdiStatus.PROTOCOL.hresult();
        assertStatus(VdiStatus.PROTOCOL, () -> set.openInSecondary(null, "set"));
        assertThat(library.last().calls()).containsExactly("OpenInSecondary", "Release");
        assertThat(set.observe()).isEmpty();
    }

    @Test
    void aLibraryThatMakesNoObjectIsReportedAsItIs() {
        VdiException refusal = new VdiException(Said.asIs("CoCreateInstance"), E_ACCESSDENIED);
        library.refusal = refusal;
        assertThatExceptionOfType(VdiException.class)
                .isThrownBy(() -> create("set"))
                .isSameAs(refusal);
        library.refusal = null;
        assertThat(statusOf(() -> create("set"))).isEqualTo(VdiStatus.NOERROR);
        assertThat(statusOf(set::close)).isEqualTo(VdiStatus.NOERROR);
    }

    @Test
    void anObjectThatHoldsASetRefusesAnother() throws VdiException {
        try (Client client = Client.active(1)) {
            assertStatus(VdiStatus.PROTOCOL, () -> client.create(1));
            assertStatus(VdiStatus.PROTOCOL, () -> client.set.openInSecondary(null, "set"));
            assertThat(client.library.made).hasSize(1);
        }
    }

    @Test
    void aNumberNobodyKnowsIsKept() {
        library.beginResult = E_ACCESSDENIED;
        assertThatExceptionOfType(VdiException.class)
                .isThrownBy(() -> create("set"))
                .withMessageContaining("CreateEx \"set\"")
                .withMessageContaining("0x80070005")
                .satisfies(e -> assertThat(e.hresult()).isEqualTo(E_ACCESSDENIED))
                .satisfies(e -> assertThat(e.status()).isEqualTo(VdiStatus.UNKNOWN));
    }

    @Test
    void aTimeOutIsNoFailure() throws VdiException {
        try (Client client = new Client().create(1)) {
            assertThat(client.set.getConfiguration(0)).isNull();
            assertThat(client.set.getConfiguration(1)).isNull();
            client.configure().open(1);
            assertThat(client.device().getCommand(0)).isNull();
            assertThat(client.device().getCommand(1)).isNull();
        }
    }

    @Test
    void aSecondThreadThatFetchesIsRefusedAndTheFirstGoesOn() throws VdiException {
        try (Client client = Client.active(1)) {
            ClientDevice device = client.device();
            Running<@Nullable Command> first =
                    Running.start("fetch", () -> device.getCommand(-1)).untilBlocked();
            assertStatus(VdiStatus.BUSY, () -> device.getCommand(0));
            client.server().send(0, CommandCode.FLUSH.number(), 0, 0, 0);
            Command flush = Objects.requireNonNull(first.result());
            assertThat(flush.code()).isEqualTo(CommandCode.FLUSH);
            device.completeCommand(flush, 0, 0, 0);
        }
    }

    @Test
    void aSecondaryKnowsThePrefixZoneOnceItHasTheConfiguration() throws VdiException {
        try (Client client = new Client()) {
            client.set.openInSecondary(null, "set");
            client.open(1);
            Command write = client.fetchWrite();
            assertThatIllegalStateException()
                    .isThrownBy(write::prefixZone)
                    .withMessageContaining("GetConfiguration");
            client.set.getConfiguration(-1);
            assertThat(write.prefixZone().remaining()).isEqualTo(ScriptedBinding.PREFIX);
            client.complete(write);
        }
    }

    @Test
    void aSuccessWithoutACommandIsAnInternalErrorOfTheLibrary() throws VdiException {
        ScriptedLibrary forgetful =
                new ScriptedLibrary(
                        result ->
                                new ScriptedBinding(result) {
                                    @Override
                                    public synchronized int getCommand(
                                            long address, long timeoutMillis, long command) {
                                        return 0;
                                    }
                                });
        try (Client client = new Client(forgetful).create(1).configure().open(1)) {
            assertStatus(VdiStatus.UNEXPECTED, () -> client.device().getCommand(-1));
        }
    }
}
