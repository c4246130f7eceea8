package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.SharedBuffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One set in two processes: what they share, and what one sees of the other's end. */
class TwoProcessTest extends NativeConformance {

    private static final int ABORTED = 995;

    @TempDir private Path folder = Path.of("");
    private final List<OtherJvm> others = new ArrayList<>();

    @AfterEach
    void endTheOthers() {
        others.forEach(OtherJvm::close);
    }

    /** A process that takes part in the rig's set, and has done these things already. */
    private OtherJvm other(Rig rig, String... done) throws IOException {
        OtherJvm other =
                OtherJvm.start(
                        folder,
                        OtherProcess.class,
                        provider().name(),
                        rig.name,
                        Integer.toString(rig.request.deviceCount()));
        others.add(other);
        for (String line : done) {
            assertThat(other.ask(line)).as(line).isEqualTo("NOERROR");
        }
        return other;
    }

    private static void assertEndsCleanly(OtherJvm other) {
        assertThat(other.ask("end")).as(other::errors).isEqualTo("NOERROR");
    }

    @Test
    void aSecondaryDoesTheIoThroughAHandleWhileThePrimaryCompletes()
            throws VdiException, IOException {
        try (Rig rig = rig(1).activate().hold()) {
            OtherJvm other = other(rig, "join", "configuration");
            ByteBuffer data = rig.held().data();
            byte[] content = new byte[Rig.TRANSFER];
            new Random(1).nextBytes(content);
            data.put(content);
            Sent write = send(rig, CommandCode.WRITE);
            Command command = rig.fetch();
            int handle = rig.client.getBufferHandle(command.buffer());
            assertThat(other.ask("map " + handle)).isEqualTo("NOERROR");
            assertThat(other.ask("sum"))
                    .isEqualTo(Integer.toString(OtherProcess.sum(ByteBuffer.wrap(content))));
            rig.complete(command, 0);
            assertThat(write.code()).isZero();

            Sent read = send(rig, CommandCode.READ);
            command = rig.fetch();
            assertThat(rig.client.getBufferHandle(command.buffer())).isEqualTo(handle);
            assertThat(other.ask("fill 90")).isEqualTo("NOERROR");
            rig.complete(command, 0);
            assertThat(read.code()).isZero();
            byte[] arrived = new byte[Rig.TRANSFER];
            data.clear().get(arrived);
            assertThat(arrived).containsOnly(90);
            assertThat(other.ask("close")).isEqualTo("NOERROR");
            assertEndsCleanly(other);
            rig.finish();
        }
    }

    private static Sent send(Rig rig, CommandCode code) throws VdiException {
        Sent sent = new Sent();
        SharedBuffer buffer = rig.held();
        rig.serverDevices.getFirst().sendCommand(sent.command.transfer(code, buffer, Rig.TRANSFER));
        return sent;
    }

    @Test
    void aSecondaryProcessWorksOnADeviceOfItsOwn() throws VdiException, IOException {
        try (Rig rig = rig(1).configure().openServerDevices()) {
            OtherJvm other = other(rig, "join", "open 0", "configuration");
            rig.startAgent();
            Sent sent = rig.write();
            assertThat(other.ask("fetch")).isEqualTo("WRITE");
            assertThat(other.ask("complete 0")).isEqualTo("NOERROR");
            assertThat(sent.code()).isZero();
            rig.serverDevices.getFirst().closeDevice();
            assertThat(other.ask("fetch")).isEqualTo("CLOSE");
            assertEndsCleanly(other);
            rig.client.close();
        }
    }

    @Test
    void abort36_theServerSeesTheDeathOfThePrimary() throws VdiException, IOException {
        try (Rig rig = rig(1)) {
            OtherJvm other = other(rig, "create");
            rig.attach().decide().openServerDevices();
            assertThat(other.ask("configuration")).isEqualTo("NOERROR");
            assertThat(other.ask("open 0")).isEqualTo("NOERROR");
            rig.startAgent();
            Sent inHand = rig.write();
            assertThat(other.ask("fetch")).isEqualTo("WRITE");
            Sent queued = rig.write();
            other.kill();
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(inHand.code()).isEqualTo(ABORTED);
            assertThat(queued.code()).isEqualTo(ABORTED);
        }
    }

    @Test
    void abort36_aSecondarySeesTheDeathOfThePrimary() throws VdiException, IOException {
        try (Rig rig = rig(1)) {
            OtherJvm other = other(rig, "create");
            rig.attach().decide().openServerDevices();
            assertThat(other.ask("configuration")).isEqualTo("NOERROR");
            rig.client.openInSecondary(null, rig.name);
            rig.openClientDevice(rig.name);
            Running<?> fetching =
                    Running.start("fetch", () -> rig.clientDevices.getFirst().getCommand(-1))
                            .untilBlocked();
            other.kill();
            assertThat(fetching.status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort36_theClientSeesTheDeathOfTheServerWhileItWaitsForACommand()
            throws VdiException, IOException {
        try (Rig rig = rig(2).create()) {
            OtherJvm other = other(rig, "attach", "decide");
            assertThat(rig.client.getConfiguration(-1)).isNotNull();
            assertThat(other.ask("serve")).isEqualTo("NOERROR");
            rig.openClientDevice(rig.deviceName(0));
            rig.openClientDevice(rig.deviceName(1));
            assertThat(other.ask("write")).isEqualTo("NOERROR");
            Command inHand = rig.await(0);
            Running<?> fetching =
                    Running.start("fetch", () -> rig.clientDevices.getLast().getCommand(-1))
                            .untilBlocked();
            other.kill();
            assertThat(fetching.status()).isEqualTo(VdiStatus.ABORT);
            inHand.buffer().putInt(0, 1);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
            rig.client.close();
        }
    }

    @Test
    void abort36_theClientSeesTheDeathOfTheServerWhileItWaitsForTheConfiguration()
            throws VdiException, IOException {
        try (Rig rig = rig(1).create()) {
            OtherJvm other = other(rig, "attach");
            Running<?> waiting =
                    Running.start("wait", () -> rig.client.getConfiguration(-1)).untilBlocked();
            other.kill();
            assertThat(waiting.status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    /** Nobody but the primary and the server is watched, so the primary has to. */
    @Test
    void abort37_thePrimaryMustAbortWhenItMissesASecondaryProcess()
            throws VdiException, IOException {
        try (Rig rig = rig(2).configure().openServerDevices()) {
            OtherJvm other = other(rig, "join", "open 0");
            rig.openClientDevice(rig.deviceName(1));
            rig.startAgent();
            Sent lost = rig.write();
            assertThat(other.ask("fetch")).isEqualTo("WRITE");
            other.kill();
            assertThat(rig.clientDevices.getFirst().getCommand(2500)).isNull();
            assertThat(lost.calledBack).isNotDone();
            rig.client.signalAbort();
            assertThat(lost.code()).isEqualTo(ABORTED);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
        }
    }

    @Test
    void abort38_aSecondaryProcessEndsEverybodysWork() throws VdiException, IOException {
        try (Rig rig = rig(1).activate()) {
            OtherJvm other = other(rig, "join");
            Sent sent = rig.write();
            Command inHand = rig.fetch();
            Running<?> fetching =
                    Running.start("fetch", () -> rig.clientDevices.getFirst().getCommand(-1))
                            .untilBlocked();
            assertThat(other.ask("abort")).isEqualTo("NOERROR");
            assertThat(fetching.status()).isEqualTo(VdiStatus.ABORT);
            assertThat(rig.agent().status()).isEqualTo(VdiStatus.ABORT);
            assertThat(sent.code()).isEqualTo(ABORTED);
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.complete(inHand, 0));
            assertEndsCleanly(other);
        }
    }

    @Test
    void abort38_aSecondaryProcessThatClosesAnOpenDeviceAbortsTheSet()
            throws VdiException, IOException {
        try (Rig rig = rig(2).configure().openServerDevices()) {
            OtherJvm other = other(rig, "join", "open 0");
            rig.openClientDevice(rig.deviceName(1));
            assertThat(other.ask("close")).isEqualTo("OPEN");
            Rig.assertStatus(VdiStatus.ABORT, () -> rig.clientDevices.getFirst().getCommand(-1));
            assertEndsCleanly(other);
        }
    }

    @Test
    void abort5_anAbortOfThePrimaryReachesTheSecondaryProcess() throws VdiException, IOException {
        try (Rig rig = rig(1).configure().openServerDevices()) {
            OtherJvm other = other(rig, "join", "open 0");
            other.tell("fetch");
            rig.client.signalAbort();
            assertThat(other.answer()).isEqualTo("ABORT");
            assertEndsCleanly(other);
        }
    }
}
