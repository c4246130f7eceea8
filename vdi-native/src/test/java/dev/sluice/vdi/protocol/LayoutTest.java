package dev.sluice.vdi.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The structures byte for byte, as a little-endian machine has them. */
class LayoutTest {

    private static final DeviceSetConfiguration CONFIGURATION =
            new DeviceSetConfiguration(
                    2, 0x12000, 16, 4096, 32768, 1000, 30000, 65536, 4, 4194304, 0x80000000);
    private static final VdcCommandLayout.Fields CLIENT_COMMAND =
            new VdcCommandLayout.Fields(2, 65536, 0x0102030405060708L, 0x7f0000001000L);
    private static final VdsCommandLayout.Fields SERVER_COMMAND =
            new VdsCommandLayout.Fields(
                    1, 0x10000, 0x1111, 0x2222, 0x3333, 0x4444, 0x5555, 995, 0xFFFF);

    @Test
    void theStructuresHaveTheSizesOfTheHeader() {
        assertThat(VdConfigLayout.LENGTH).isEqualTo(44);
        assertThat(VdcCommandLayout.LENGTH).isEqualTo(24);
        assertThat(VdsCommandLayout.LENGTH).isEqualTo(56);
    }

    @Test
    void theFieldsStandAtTheOffsetsOfTheHeader() {
        assertThat(
                        new long[] {
                            VdConfigLayout.DEVICE_COUNT,
                            VdConfigLayout.FEATURES,
                            VdConfigLayout.PREFIX_ZONE_SIZE,
                            VdConfigLayout.ALIGNMENT,
                            VdConfigLayout.SOFT_FILE_MARK_BLOCK_SIZE,
                            VdConfigLayout.EOM_WARNING_SIZE,
                            VdConfigLayout.SERVER_TIME_OUT,
                            VdConfigLayout.BLOCK_SIZE,
                            VdConfigLayout.MAX_IO_DEPTH,
                            VdConfigLayout.MAX_TRANSFER_SIZE,
                            VdConfigLayout.BUFFER_AREA_SIZE
                        })
                .containsExactly(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40);
        assertThat(
                        new long[] {
                            VdcCommandLayout.COMMAND_CODE,
                            VdcCommandLayout.SIZE,
                            VdcCommandLayout.POSITION,
                            VdcCommandLayout.BUFFER
                        })
                .containsExactly(0, 4, 8, 16);
        assertThat(
                        new long[] {
                            VdsCommandLayout.COMMAND_CODE,
                            VdsCommandLayout.SIZE,
                            VdsCommandLayout.IN_POSITION,
                            VdsCommandLayout.OUT_POSITION,
                            VdsCommandLayout.BUFFER,
                            VdsCommandLayout.COMPLETION_ROUTINE,
                            VdsCommandLayout.COMPLETION_CONTEXT,
                            VdsCommandLayout.COMPLETION_CODE,
                            VdsCommandLayout.BYTES_TRANSFERRED
                        })
                .containsExactly(0, 4, 8, 16, 24, 32, 40, 48, 52);
    }

    @Test
    void pinsTheBytesOfVdConfig() {
        byte[] bytes = new byte[44];
        VdConfigLayout.write(CONFIGURATION, MemorySegment.ofArray(bytes));
        pin(
                bytes,
                "02000000 00200100 10000000 00100000 00800000 e8030000 30750000 00000100 04000000"
                        + " 00004000 00000080");
    }

    @Test
    void pinsTheBytesOfVdcCommand() {
        byte[] bytes = new byte[24];
        VdcCommandLayout.write(CLIENT_COMMAND, MemorySegment.ofArray(bytes));
        pin(bytes, "02000000 00000100 0807060504030201 00100000007f0000");
    }

    @Test
    void pinsTheBytesOfVdsCommand() {
        byte[] bytes = new byte[56];
        VdsCommandLayout.write(SERVER_COMMAND, MemorySegment.ofArray(bytes));
        pin(
                bytes,
                "01000000 00000100 1111000000000000 2222000000000000 3333000000000000"
                        + " 4444000000000000 5555000000000000 e3030000 ffff0000");
    }

    @Test
    void readsBackWhatItWrote() {
        MemorySegment memory = MemorySegment.ofArray(new byte[64]);
        VdConfigLayout.write(CONFIGURATION, memory);
        assertThat(VdConfigLayout.read(memory)).isEqualTo(CONFIGURATION);
        VdcCommandLayout.write(CLIENT_COMMAND, memory);
        assertThat(VdcCommandLayout.read(memory)).isEqualTo(CLIENT_COMMAND);
        VdsCommandLayout.write(SERVER_COMMAND, memory);
        assertThat(VdsCommandLayout.read(memory)).isEqualTo(SERVER_COMMAND);
    }

    @Test
    void refusesMemoryThatIsTooShortAndNamesBothLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VdConfigLayout.read(MemorySegment.ofArray(new byte[43])))
                .withMessage("VDConfig needs 44 bytes of memory but there are 43");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                VdcCommandLayout.write(
                                        CLIENT_COMMAND, MemorySegment.ofArray(new byte[23])))
                .withMessage("VDC_Command needs 24 bytes of memory but there are 23");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VdsCommandLayout.read(MemorySegment.ofArray(new byte[55])))
                .withMessage("VDS_Command needs 56 bytes of memory but there are 55");
    }

    private static void pin(byte[] bytes, String littleEndianHex) {
        assertThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(littleEndianHex.replace(" ", ""));
    }
}
