package dev.sluice.vdi.jna.com;

import static dev.sluice.vdi.conformance.Rig.assertStatus;
import static dev.sluice.vdi.conformance.Rig.statusOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.platform.win32.Guid.IID;
import com.sun.jna.ptr.PointerByReference;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.internal.Allocation;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.DoubleStream;
import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What is COM's own about the client, against the double with the real vtables. */
class ComClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BYTES = 1 << 20;
    private static final long SEED = 7;

    /** Two calls of the interface and four of COM; see {@link ComObject}. */
    private static final long MOST_GARBAGE = 600;

    private final Path library = Doubles.comLibrary();
    private final DoubleControl control = DoubleControl.of(library);
    private final ComDouble com = new ComDouble(library);
    private final ClientDeviceSet set = new ComVdi(com).newDeviceSet();
    private final String name = UUID.randomUUID().toString();

    @BeforeEach
    void forget() {
        control.reset();
        control.setStrictBuffers(true);
    }

    @AfterEach
    void nothingIsBrokenAndNothingIsLeft() {
        assertThat(control.violations()).isEmpty();
        for (String balance :
                List.of("sets", "devices", "references", "apartments", "mappings", "files")) {
            assertThat(control.counter(balance)).as(balance).isZero();
        }
        assertThat(control.counter("devices_dropped_at_close")).isZero();
    }

    private void create() throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(1, Features.REQUEST_COMPLETE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80040154, 0x80040111, 0x80070005})
    void aLibraryThatRefusesIsToldWithItsNumberAndLeavesNothing(int refusal) throws VdiException {
        control.failNext("CoCreateInstance", refusal);
        assertThatThrownBy(this::create)
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("sqlvdi.dll")
                .hasMessageContaining("0x%X".formatted(refusal));
        create();
        set.close();
    }

    @Test
    void anObjectWithoutTheSecondInterfaceIsRefused() {
        ComRuntime old =
                new ComRuntime() {
                    @Override
                    public int coInitializeEx(int concurrencyModel) {
                        return com.coInitializeEx(concurrencyModel);
                    }

                    @Override
                    public void coUninitialize() {
                        com.coUninitialize();
                    }

                    @Override
                    public int coCreateInstance(
                            GUID classId, int context, GUID iid, PointerByReference object) {
                        IID unknownToAll = new IID("{00000000-1111-2222-3333-444444444444}");
                        return com.coCreateInstance(classId, context, unknownToAll, object);
                    }
                };
        ClientDeviceSet oldSet = new ComVdi(old).newDeviceSet();
        assertThatThrownBy(() -> oldSet.create(null, name, DeviceSetConfiguration.request(1, 0)))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("E_NOINTERFACE");
    }

    @Test
    void aThreadThatComDoesNotLetInLeavesNothing() {
        control.failNext("CoInitializeEx", 0x8007000E);
        assertThatThrownBy(this::create)
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("CoInitializeEx")
                .hasMessageContaining("E_OUTOFMEMORY");
    }

    @Test
    void aNamedInstanceIsFoundAndAnotherIsNot() throws VdiException {
        control.addInstance("SQLEXPRESS");
        DeviceSetConfiguration request = DeviceSetConfiguration.request(1, 0);
        set.create("SQLEXPRESS", name, request);
        set.close();
        assertStatus(VdiStatus.INSTANCE_NAME, () -> set.create("NOBODY", name, request));
    }

    @Test
    void anInstanceNameWithTheMachinesIsRefusedBeforeTheLibraryIsAsked() {
        control.failNext("CoInitializeEx", 0x8007000E);
        assertThatThrownBy(
                        () ->
                                set.create(
                                        "HOST\\SQLEXPRESS",
                                        name,
                                        DeviceSetConfiguration.request(1, 0)))
                .isInstanceOf(VdiException.class)
                .hasMessageContaining("VD_E_INSTANCE_NAME")
                .hasMessageContaining("\"SQLEXPRESS\"");
        assertThat(com.coInitializeEx(0)).isEqualTo(0x8007000E);
    }

    @Test
    void namesGoOverCharacterByCharacter() throws VdiException {
        String unusual = "Sicherung Äß€ 😀 " + name;
        set.create(null, unusual, DeviceSetConfiguration.request(1, 0));
        DoubleStream server = control.stream("set=" + unusual, "bytes=65536");
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        set.openDevice(unusual);
        assertStatus(VdiStatus.OPEN, set::close);
        assertThat(server.join(PATIENCE).verdict()).isEqualTo("aborted");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aBackupBringsEveryByteOfEveryDevice(int count) throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(count, Features.REQUEST_COMPLETE));
        DoubleStream server = stream("vary=1", "block_size=512", "max_transfer=65536");
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        List<Running<byte[]>> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ClientDevice device = set.openDevice(deviceName(i));
            workers.add(Running.start("store", () -> store(device)));
        }
        for (int i = 0; i < count; i++) {
            byte[] stored = workers.get(i).result();
            assertThat(stored).hasSize(BYTES);
            assertThat(control.findMismatch(SEED, i, 0, stored)).isEqualTo(-1);
        }
        set.close();
        assertSucceeded(server);
    }

    private static byte[] store(ClientDevice device) throws VdiException {
        ByteBuffer all = ByteBuffer.allocate(BYTES);
        VdiStatus end =
                serve(
                        device,
                        command -> {
                            all.put(command.buffer());
                            return 0;
                        });
        assertThat(end).isEqualTo(VdiStatus.CLOSE);
        return all.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRestoreTakesEveryByteOfEveryDevice(int count) throws VdiException {
        set.create(null, name, DeviceSetConfiguration.request(count, 0));
        DoubleStream server = stream("restore=1", "vary=1", "max_transfer=65536");
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        List<Running<VdiStatus>> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ClientDevice device = set.openDevice(deviceName(i));
            ByteBuffer source = ByteBuffer.wrap(control.pattern(SEED, i, 0, BYTES));
            workers.add(
                    Running.start("load", () -> serve(device, command -> load(command, source))));
        }
        assertThat(workers).extracting(Running::result).containsOnly(VdiStatus.CLOSE);
        set.close();
        assertSucceeded(server);
    }

    private static int load(Command command, ByteBuffer source) {
        ByteBuffer to = command.buffer();
        int size = Math.min(to.remaining(), source.remaining());
        to.put(source.slice().limit(size));
        source.position(source.position() + size);
        return to.hasRemaining() ? CompletionCode.HANDLE_EOF.number() : 0;
    }

    /** What a client does with a Read or Write; returns the completion code. */
    private interface Work {
        int on(Command command);
    }

    private static VdiStatus serve(ClientDevice device, Work work) {
        return statusOf(
                () -> {
                    while (true) {
                        Command command = Objects.requireNonNull(device.getCommand(-1));
                        int code = command.code().hasBuffer() ? work.on(command) : 0;
                        int bytes = command.code().hasBuffer() ? command.buffer().position() : 0;
                        device.completeCommand(command, code, bytes, 0);
                    }
                });
    }

    @Test
    void aThreadOfASingleThreadedApartmentUsesTheSetAsAnyOther() throws VdiException {
        Running<VdiStatus> window =
                Running.start(
                        "window",
                        () -> {
                            control.foreignApartment(true);
                            try {
                                create();
                                return backUp();
                            } finally {
                                control.foreignApartment(false);
                            }
                        });
        assertThat(window.result()).isEqualTo(VdiStatus.CLOSE);
    }

    private VdiStatus backUp() throws VdiException {
        DoubleStream server = stream("max_transfer=65536");
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        ClientDevice device = set.openDevice(name);
        VdiStatus end =
                serve(
                        device,
                        command -> {
                            command.buffer().position(command.size());
                            return 0;
                        });
        set.close();
        assertSucceeded(server);
        return end;
    }

    @Test
    void anAbortFromASingleThreadedApartmentCallsOutOneThatWaitsThere() throws VdiException {
        create();
        Running<@Nullable Object> waiting =
                Running.<@Nullable Object>start(
                        "waiting",
                        () -> {
                            control.foreignApartment(true);
                            try {
                                return set.getConfiguration(-1);
                            } finally {
                                control.foreignApartment(false);
                            }
                        });
        waiting.untilBlocked();
        Running<VdiStatus> cancel =
                Running.start(
                        "cancel",
                        () -> {
                            control.foreignApartment(true);
                            try {
                                return statusOf(set::signalAbort);
                            } finally {
                                control.foreignApartment(false);
                            }
                        });
        assertThat(cancel.result()).isEqualTo(VdiStatus.NOERROR);
        assertThat(waiting.status()).isEqualTo(VdiStatus.ABORT);
        set.close();
    }

    @Test
    void theApartmentLivesBetweenTheCallsOfASet() throws VdiException {
        create();
        // nobody is inside a call, so this is the keeper
        assertThat(control.counter("apartments")).isEqualTo(1);
        set.close();
    }

    @Test
    void aDeviceThatCannotBeOpenedLeavesNoReference() throws VdiException {
        create();
        DoubleStream server = stream("max_transfer=65536");
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        assertStatus(VdiStatus.INVALID, () -> set.openDevice("unknown"));
        control.failNext("OpenDevice", VdiStatus.MEMORY.hresult());
        assertStatus(VdiStatus.MEMORY, () -> set.openDevice(name));
        assertThat(control.counter("devices")).isZero();
        set.signalAbort();
        set.close();
        assertThat(server.join(PATIENCE).verdict()).isEqualTo("aborted");
    }

    @Test
    void aCommandCostsFewBytesOfGarbage() throws Exception {
        control.setStrictBuffers(false);
        int commands = 20_000;
        create();
        DoubleStream server =
                control.stream(
                        "set=" + name,
                        "fill=none",
                        "max_transfer=65536",
                        "bytes=" + 2L * commands * 65536);
        assertThat(set.getConfiguration(PATIENCE.toMillis())).isNotNull();
        ClientDevice device = set.openDevice(name);
        pass(device, commands);
        long before = Allocation.of(Thread.currentThread());
        pass(device, commands);
        long perCommand = (Allocation.of(Thread.currentThread()) - before) / commands;
        assertThat(perCommand).isLessThan(MOST_GARBAGE);
        assertThat(serve(device, command -> 0)).isEqualTo(VdiStatus.CLOSE);
        set.close();
        assertSucceeded(server);
    }

    private static void pass(ClientDevice device, int count) throws VdiException {
        for (int i = 0; i < count; i++) {
            Command command = Objects.requireNonNull(device.getCommand(-1));
            device.completeCommand(command, 0, command.size(), 0);
        }
    }

    private static void assertSucceeded(DoubleStream server) {
        DoubleStream.Result result = server.join(PATIENCE);
        assertThat(result.failure()).isEmpty();
        assertThat(result.verdict()).isEqualTo("ok");
    }

    private DoubleStream stream(String... options) {
        List<String> all = new ArrayList<>(List.of("set=" + name, "bytes=" + BYTES));
        all.add("seed=" + SEED);
        all.addAll(List.of(options));
        return control.stream(all.toArray(String[]::new));
    }

    private String deviceName(int index) {
        return index == 0 ? name : name + "-" + index;
    }
}
