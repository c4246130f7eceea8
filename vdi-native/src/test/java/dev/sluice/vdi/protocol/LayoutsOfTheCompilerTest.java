package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.jna.Doubles;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The structures of this package have the sizes and offsets that a C++ compiler gives them, and the
 * doubles' vtables are those of the specification.
 */
class LayoutsOfTheCompilerTest {

    private final Map<String, Long> compiler = compiler();

    LayoutsOfTheCompilerTest() throws IOException {}

    @Test
    void vdConfigIsLaidOutAsTheCompilerDoes() {
        assertThat(compilers("VDConfig"))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("VDConfig", VdConfigLayout.LENGTH),
                                Map.entry("VDConfig.deviceCount", VdConfigLayout.DEVICE_COUNT),
                                Map.entry("VDConfig.features", VdConfigLayout.FEATURES),
                                Map.entry(
                                        "VDConfig.prefixZoneSize", VdConfigLayout.PREFIX_ZONE_SIZE),
                                Map.entry("VDConfig.alignment", VdConfigLayout.ALIGNMENT),
                                Map.entry(
                                        "VDConfig.softFileMarkBlockSize",
                                        VdConfigLayout.SOFT_FILE_MARK_BLOCK_SIZE),
                                Map.entry(
                                        "VDConfig.EOMWarningSize", VdConfigLayout.EOM_WARNING_SIZE),
                                Map.entry("VDConfig.serverTimeOut", VdConfigLayout.SERVER_TIME_OUT),
                                Map.entry("VDConfig.blockSize", VdConfigLayout.BLOCK_SIZE),
                                Map.entry("VDConfig.maxIODepth", VdConfigLayout.MAX_IO_DEPTH),
                                Map.entry(
                                        "VDConfig.maxTransferSize",
                                        VdConfigLayout.MAX_TRANSFER_SIZE),
                                Map.entry(
                                        "VDConfig.bufferAreaSize",
                                        VdConfigLayout.BUFFER_AREA_SIZE)));
    }

    @Test
    void vdcCommandIsLaidOutAsTheCompilerDoes() {
        assertThat(compilers("VDC_Command"))
                .isEqualTo(
                        Map.of(
                                "VDC_Command", VdcCommandLayout.LENGTH,
                                "VDC_Command.commandCode", VdcCommandLayout.COMMAND_CODE,
                                "VDC_Command.size", VdcCommandLayout.SIZE,
                                "VDC_Command.position", VdcCommandLayout.POSITION,
                                "VDC_Command.buffer", VdcCommandLayout.BUFFER));
    }

    @Test
    void vdsCommandIsLaidOutAsTheCompilerDoes() {
        assertThat(compilers("VDS_Command"))
                .isEqualTo(
                        Map.of(
                                "VDS_Command",
                                VdsCommandLayout.LENGTH,
                                "VDS_Command.commandCode",
                                VdsCommandLayout.COMMAND_CODE,
                                "VDS_Command.size",
                                VdsCommandLayout.SIZE,
                                "VDS_Command.inPosition",
                                VdsCommandLayout.IN_POSITION,
                                "VDS_Command.outPosition",
                                VdsCommandLayout.OUT_POSITION,
                                "VDS_Command.buffer",
                                VdsCommandLayout.BUFFER,
                                "VDS_Command.completionRoutine",
                                VdsCommandLayout.COMPLETION_ROUTINE,
                                "VDS_Command.completionContext",
                                VdsCommandLayout.COMPLETION_CONTEXT,
                                "VDS_Command.completionCode",
                                VdsCommandLayout.COMPLETION_CODE,
                                "VDS_Command.bytesTransferred",
                                VdsCommandLayout.BYTES_TRANSFERRED));
    }

    /** The order of vdi-facts section B, without which a double would prove nothing. */
    @Test
    void methodsStandInTheSlotsOfTheSpecification() {
        assertSlots("IUnknown", 0, "QueryInterface", "AddRef", "Release");
        assertSlots(
                "IClientVirtualDeviceSet",
                3,
                "Create",
                "GetConfiguration",
                "OpenDevice",
                "Close",
                "SignalAbort",
                "OpenInSecondary",
                "GetBufferHandle",
                "MapBufferHandle");
        assertSlots("IClientVirtualDeviceSet2", 11, "CreateEx", "OpenInSecondaryEx");
        assertSlots("IClientVirtualDevice", 3, "GetCommand", "CompleteCommand");
        assertSlots(
                "IServerVirtualDeviceSet2",
                3,
                "Open",
                "GetConfiguration",
                "BeginConfiguration",
                "EndConfiguration",
                "RequestBuffers",
                "QueryAvailableBuffers",
                "ExecuteCompletionAgent",
                "OpenDevice",
                "AllocateBuffer",
                "FreeBuffer",
                "IsSharedBuffer",
                "SignalAbort",
                "Close");
        assertSlots("IServerVirtualDevice", 3, "SendCommand", "CloseDevice");
    }

    private void assertSlots(String name, int first, String... methods) {
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < methods.length; i++) {
            expected.put(name + "." + methods[i], (long) first + i);
        }
        assertThat(compilers(name)).isEqualTo(expected);
    }

    private Map<String, Long> compilers(String structure) {
        Map<String, Long> found = new TreeMap<>(compiler);
        found.keySet()
                .removeIf(name -> !name.equals(structure) && !name.startsWith(structure + "."));
        return found;
    }

    private static Map<String, Long> compiler() throws IOException {
        Process program = new ProcessBuilder(Doubles.layout().toString()).start();
        Map<String, Long> found = new TreeMap<>();
        String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        text.lines()
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            found.put(
                                    line.substring(0, equals),
                                    Long.valueOf(line.substring(equals + 1)));
                        });
        return found;
    }
}
