package dev.sluice.vdi.jna.com;

import static dev.sluice.vdi.conformance.Rig.assertStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Guid.CLSID;
import com.sun.jna.platform.win32.Guid.IID;
import com.sun.jna.platform.win32.Ole32;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.ptr.PointerByReference;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.conformance.Running;
import dev.sluice.vdi.conformance.Sent;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * What only Windows can run: COM, the registry, versions of files. Where SQL Server's library is
 * registered it is used for real; where it is not, those tests are skipped and say so.
 */
@Tag("windows")
@EnabledOnOs(OS.WINDOWS)
class WindowsTest {

    private static final int SINGLE_THREADED = 0x2;
    private static final int BLOCK = 65536;

    /** CLSID_RecordInfo, which Windows itself registers with oleaut32.dll. */
    private static final String OF_WINDOWS = "{0000002F-0000-0000-C000-000000000046}";

    private static final String NOBODYS = "{6D9A3E5C-0C2B-4B0B-9C43-3D1C8E0F5A77}";

    private final Apartment apartment = new Apartment(new Ole32Runtime());

    @Test
    void aThreadEntersTheApartmentAndLeavesIt() {
        int inside =
                apartment.call(
                        () -> {
                            assertThat(apartment.enter()).isEqualTo(1);
                            apartment.leave();
                            return 7;
                        });
        assertThat(inside).isEqualTo(7);
    }

    @Test
    void aThreadOfASingleThreadedApartmentIsServedByAnother() {
        Running<Thread> window =
                Running.start(
                        "window",
                        () -> {
                            Ole32.INSTANCE.CoInitializeEx(null, SINGLE_THREADED);
                            try {
                                return servant();
                            } finally {
                                Ole32.INSTANCE.CoUninitialize();
                            }
                        });
        assertThat(window.result()).isNotSameAs(window.thread);
    }

    private Thread servant() {
        assertThat(apartment.enter()).isEqualTo(Apartment.RPC_E_CHANGED_MODE);
        Thread[] servant = new Thread[1];
        apartment.call(
                () -> {
                    servant[0] = Thread.currentThread();
                    return 0;
                });
        return servant[0];
    }

    @Test
    void aClassThatNobodyRegisteredIsNotMade() throws Exception {
        try (ApartmentKeeper _ = new ApartmentKeeper(apartment)) {
            PointerByReference object = new PointerByReference();
            int status =
                    apartment.call(
                            () ->
                                    apartment
                                            .com()
                                            .coCreateInstance(
                                                    new CLSID(NOBODYS),
                                                    ComRuntime.IN_PROCESS,
                                                    new IID(NOBODYS),
                                                    object));
            assertThat(status).isEqualTo(0x80040154);
            assertThat(object.getValue()).isNull();
        }
    }

    @Test
    void theRegistryTellsTheLibraryOfAClass() throws Exception {
        Registry registry = new Registry();
        Path library = Path.of(registry.inprocServer(OF_WINDOWS, 64).orElseThrow());
        assertThat(library).isRegularFile();
        assertThat(PeFile.bits(library)).hasValue(64);
        assertThat(FileVersion.of(library)).get().asString().matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
        assertThat(registry.inprocServer(NOBODYS, 64)).isEmpty();
        assertThat(registry.inprocServer(NOBODYS, 32)).isEmpty();
    }

    @Test
    void aFileWithoutAVersionHasNone() {
        assertThat(FileVersion.of(Path.of("pom.xml"))).isEmpty();
        assertThat(FileVersion.of(Path.of("is-not-there.dll"))).isEmpty();
    }

    @Test
    void theLibraryIsReportedWhetherItIsThereOrNot() {
        LibraryReport report = ComVdi.inspect();
        assertThat(report.processBits()).isEqualTo(64);
        assertThat(report.finding().toString()).isNotEmpty();
        assertThat(report.usable()).isEqualTo(report.remedies().isEmpty());
    }

    @Test
    void theRegisteredLibraryMakesDeviceSets() {
        LibraryReport report = registered();
        assertThat(report.usable()).as(report.finding().toString()).isTrue();
        assertThat(report.libraryBits()).hasValue(64);
        assertThat(report.version()).isPresent();
    }

    @Test
    void aClientCreatesWaitsAbortsAndCloses() throws Exception {
        registered();
        ClientDeviceSet set = ComVdi.open().newDeviceSet();
        set.create(instance(), name(), DeviceSetConfiguration.request(1, 0));
        assertThat(set.getConfiguration(100)).isNull();
        Running<@Nullable Object> waiting =
                Running.<@Nullable Object>start("waiting", () -> set.getConfiguration(-1));
        waiting.untilBlocked();
        set.signalAbort();
        assertThat(waiting.status()).isEqualTo(VdiStatus.ABORT);
        set.close();
        set.create(instance(), name(), DeviceSetConfiguration.request(1, 0));
        set.close();
    }

    @Test
    void bothEndsOfTheLibraryPassACommandAndItsBuffer() throws Exception {
        registered();
        ComVdi vdi = ComVdi.open();
        String name = name();
        ClientDeviceSet client = vdi.newDeviceSet();
        client.create(instance(), name, DeviceSetConfiguration.request(1, 0));
        ServerDeviceSet server = vdi.newServerDeviceSet();
        server.open(instance(), name);
        server.beginConfiguration(
                new ServerConfiguration(Features.WRITE_MEDIA, 0, BLOCK, BLOCK, 0));
        server.requestBuffers(BLOCK, 0, 2);
        server.endConfiguration();
        DeviceSetConfiguration decided = Objects.requireNonNull(client.getConfiguration(10_000));
        assertThat(decided.has(Features.WRITE_MEDIA)).isTrue();
        ServerDevice out = server.openDevice(name);
        CountDownLatch running = new CountDownLatch(1);
        Running<VdiStatus> agent =
                Running.start(
                        "agent",
                        () -> {
                            server.executeCompletionAgent(running::countDown);
                            return VdiStatus.NOERROR;
                        });
        Running.await(running);
        ClientDevice in = client.openDevice(name);

        SharedBuffer buffer = server.allocateBuffer(BLOCK, 0);
        buffer.data().putLong(0, 42);
        Sent sent = new Sent();
        out.sendCommand(sent.command.transfer(CommandCode.WRITE, buffer, BLOCK));
        Command command = Objects.requireNonNull(in.getCommand(10_000));
        ByteBuffer received = command.buffer();
        assertThat(received.remaining()).isEqualTo(BLOCK);
        assertThat(received.getLong(0)).isEqualTo(42);
        in.completeCommand(command, 0, BLOCK, 0);
        assertThat(sent.code()).isZero();
        out.closeDevice();
        assertStatus(VdiStatus.CLOSE, () -> in.getCommand(10_000));
        client.close();
        server.close();
        assertThat(agent.status()).isEqualTo(VdiStatus.NOERROR);
    }

    private static LibraryReport registered() {
        LibraryReport report = ComVdi.inspect();
        assumeTrue(report.path().isPresent(), report.finding().toString());
        return report;
    }

    /** The default instance where there is one, otherwise the first of this machine. */
    private static @Nullable String instance() {
        String key = "SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL";
        if (!Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, key)) {
            return null;
        }
        Set<String> names = Advapi32Util.registryGetValues(WinReg.HKEY_LOCAL_MACHINE, key).keySet();
        return names.contains("MSSQLSERVER") ? null : names.stream().findFirst().orElse(null);
    }

    private static String name() {
        return "sluice-" + UUID.randomUUID();
    }
}
