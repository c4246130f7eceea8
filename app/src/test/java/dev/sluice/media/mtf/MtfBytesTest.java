package dev.sluice.media.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Pins what is written to the byte, and the layouts to the offsets found in real backups. */
class MtfBytesTest {

    private static final int ROW = 16;

    @Test
    void theStreamOfAFamilyIsPinned() {
        byte[] stream = SampleBackup.stream(SampleBackup.header(2, 1, true), 512, 1);
        assertThat(dump(stream)).isEqualTo(resource("family.hex"));
    }

    /** Rows that are not all zero, and of the page its header only. */
    private static String dump(byte[] stream) {
        HexFormat hex = HexFormat.of();
        StringBuilder rows = new StringBuilder();
        for (int at = 0; at < stream.length; at += ROW) {
            boolean payload = at >= 24576 + PageLayout.HEADER && at < 32768;
            String row = hex.formatHex(stream, at, at + ROW);
            if (!payload && !row.equals("00".repeat(ROW))) {
                rows.append("%05x %s%n".formatted(at, row));
            }
        }
        return rows.toString();
    }

    private static String resource(String name) {
        try (InputStream in = MtfBytesTest.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.US_ASCII).replace("\n", "%n".formatted());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void layoutsHaveTheSizesAndOffsetsOfRealBackups() {
        assertThat(BlockLayout.SIZE).isEqualTo(52);
        assertThat(BlockLayout.CONTROL_BLOCK).isEqualTo(36);
        assertThat(StreamLayout.SIZE).isEqualTo(22);
        assertThat(TapeLayout.SOFTWARE).isEqualTo(80);
        assertThat(TapeLayout.VENDOR).isEqualTo(86);
        assertThat(TapeLayout.SIZE).isEqualTo(94);
        assertThat(TapeLayout.RAID_FAMILIES).isEqualTo(20);
        assertThat(TapeLayout.RAID_FAMILY).isEqualTo(24);
        assertThat(TapeLayout.RAID_SIZE).isEqualTo(32);
        assertThat(SetLayout.NUMBER).isEqualTo(62);
        assertThat(SetLayout.USER).isEqualTo(76);
        assertThat(SetLayout.MAJOR_VERSION).isEqualTo(93);
        assertThat(SetLayout.SIZE).isEqualTo(98);
        assertThat(SetLayout.VOLUME_MACHINE).isEqualTo(64);
        assertThat(SetLayout.VOLUME_SIZE).isEqualTo(73);
        assertThat(SetLayout.END_SET_MAP).isEqualTo(62);
        assertThat(SetLayout.END_NUMBER).isEqualTo(78);
        assertThat(SetLayout.END_SIZE).isEqualTo(88);
        assertThat(FilemarkLayout.POSITIONS).isEqualTo(72);
        assertThat(FilemarkLayout.ROOM_VALUE).isEqualTo(55);
        assertThat(DataLayout.SIZE).isEqualTo(60);
    }

    @Test
    void configurationRecordsHaveTheOffsetsOfRealBackups() {
        assertThat(ConfigurationLayout.BUILD).isEqualTo(0x18);
        assertThat(ConfigurationLayout.FIRST_LSN).isEqualTo(0x20);
        assertThat(ConfigurationLayout.DATABASE_LSN).isEqualTo(0x3e);
        assertThat(ConfigurationLayout.CREATED).isEqualTo(0x48);
        assertThat(ConfigurationLayout.FINISH).isEqualTo(0x52);
        assertThat(ConfigurationLayout.KIND).isEqualTo(0x57);
        assertThat(ConfigurationLayout.COMPATIBILITY).isEqualTo(0x5b);
        assertThat(ConfigurationLayout.INTERNAL_VERSION).isEqualTo(0x5e);
        assertThat(ConfigurationLayout.TOTAL_SIZE).isEqualTo(0x60);
        assertThat(ConfigurationLayout.DATABASE).isEqualTo(0x68);
        assertThat(ConfigurationLayout.SERVER).isEqualTo(0x6c);
        assertThat(ConfigurationLayout.GROUP_NAME).isEqualTo(0x10);
        assertThat(ConfigurationLayout.FILE_ID).isEqualTo(0x14);
        assertThat(ConfigurationLayout.FILE_PAGES).isEqualTo(0x18);
        assertThat(ConfigurationLayout.FILE_TYPE).isEqualTo(0x1c);
        assertThat(ConfigurationLayout.FILE_GROUP).isEqualTo(0x24);
        assertThat(ConfigurationLayout.FILE_LOGICAL_NAME).isEqualTo(0x30);
        assertThat(ConfigurationLayout.FILE_PHYSICAL_PATH).isEqualTo(0x34);
    }
}
