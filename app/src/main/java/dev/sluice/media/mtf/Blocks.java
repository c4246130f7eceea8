package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.Media;
import dev.sluice.media.mtf.BackupHeader.SetLabel;

/** Writes the blocks of a family, each with its streams, from the header that describes it. */
final class Blocks {

    /** Control block numbers, counted within a family. */
    private static final int VOLUME = 1;

    private static final int CONFIGURATION = VOLUME + 1;
    private static final int DATA = CONFIGURATION + 1;
    private static final int LOG = DATA + 1;
    private static final int FINAL_CONFIGURATION = LOG + 1;

    private Blocks() {}

    static void tape(BlockEncoder out, BackupHeader header) {
        Media media = header.media();
        out.beginBlock(BlockType.TAPE, TapeLayout.SIZE, 0);
        out.putU32(TapeLayout.FAMILY_ID, media.mediaSet().hashCode() + (long) media.family());
        out.putU32(TapeLayout.ATTRIBUTES, TapeLayout.ATTRIBUTES_VALUE);
        out.putU16(TapeLayout.SEQUENCE, 1);
        out.putU16(TapeLayout.FILEMARK_SIZE, FilemarkLayout.SIZE / SectorSum.SECTOR);
        out.putU16(TapeLayout.CATALOG_TYPE, TapeLayout.CATALOG_TYPE_VALUE);
        out.putU16(TapeLayout.BLOCK_SIZE, BlockLayout.ALIGNMENT);
        out.putU16(TapeLayout.VENDOR, TapeLayout.VENDOR_MICROSOFT);
        out.putDate(TapeLayout.DATE, header.times().start());
        out.putU8(TapeLayout.MAJOR_VERSION, TapeLayout.MAJOR_VERSION_VALUE);
        out.putText(TapeLayout.NAME, media.name());
        out.putText(TapeLayout.DESCRIPTION, media.description());
        out.putText(TapeLayout.SOFTWARE, media.software());
        out.endBlock();
        raid(out, media);
        out.pad();
    }

    private static void raid(BlockEncoder out, Media media) {
        out.stream(Tags.RAID, 0, TapeLayout.RAID_SIZE);
        out.begin(TapeLayout.RAID_SIZE);
        out.putGuid(TapeLayout.RAID_MEDIA_SET, media.mediaSet());
        out.putU32(TapeLayout.RAID_MARK, TapeLayout.RAID_MARK_VALUE);
        out.putU16(TapeLayout.RAID_FAMILIES, media.families());
        out.putU16(TapeLayout.RAID_ONE, 1);
        out.putU16(TapeLayout.RAID_FAMILY, media.family());
        out.putU16(TapeLayout.RAID_LAST, 1);
        out.alignStream();
    }

    static void setStart(BlockEncoder out, BackupHeader header) {
        SetLabel set = header.set();
        boolean differential = header.kind().isDifferential();
        long position = out.position();
        out.beginBlock(BlockType.SSET, SetLayout.SIZE, 0);
        out.putU32(
                SetLayout.ATTRIBUTES,
                differential ? SetLayout.ATTRIBUTE_DIFFERENTIAL : SetLayout.ATTRIBUTE_NORMAL);
        out.putU16(SetLayout.VENDOR, TapeLayout.VENDOR_MICROSOFT);
        out.putU16(SetLayout.NUMBER, set.position());
        out.putU64(SetLayout.POSITION, position);
        out.putDate(SetLayout.DATE, header.times().start());
        out.putU8(SetLayout.MAJOR_VERSION, header.version().major());
        out.putU8(SetLayout.MINOR_VERSION, header.version().minor());
        out.putU8(SetLayout.CATALOG_VERSION, SetLayout.CATALOG_VERSION_VALUE);
        out.putText(SetLayout.NAME, set.name());
        out.putText(SetLayout.DESCRIPTION, set.description());
        out.putText(SetLayout.USER, set.user());
        out.endBlock();
        out.pad();
    }

    static void volume(BlockEncoder out, BackupHeader header) {
        out.beginBlock(BlockType.VOLB, SetLayout.VOLUME_SIZE, VOLUME);
        out.putU32(SetLayout.VOLUME_ATTRIBUTES, SetLayout.VOLUME_ATTRIBUTES_VALUE);
        out.putDate(SetLayout.VOLUME_DATE, header.times().start());
        out.putText(SetLayout.VOLUME_MACHINE, header.set().machine());
        out.endBlock();
        out.pad();
    }

    static void configuration(BlockEncoder out, BlockType type, BackupHeader header) {
        int number = type == BlockType.MSCI ? CONFIGURATION : FINAL_CONFIGURATION;
        out.beginBlock(type, ConfigurationLayout.BLOCK_SIZE, number);
        out.endBlock();
        ConfigurationEncoder.put(out, header);
        out.pad();
    }

    /** Its streams are the caller's. */
    static void data(BlockEncoder out) {
        out.beginBlock(BlockType.MSDA, DataLayout.SIZE, DATA);
        out.putU16(DataLayout.ONE, 1);
        out.endBlock();
    }

    /** A family without log has this block all the same, without an MQTL stream. */
    static void log(BlockEncoder out) {
        out.beginBlock(BlockType.MSTL, DataLayout.LOG_SIZE, LOG);
        out.putU16(DataLayout.ONE, 1);
        out.endBlock();
        out.pad();
    }

    /** Its padding is the caller's. */
    static void setEnd(BlockEncoder out, BackupHeader header, long setMap) {
        out.beginBlock(BlockType.ESET, SetLayout.END_SIZE, 0);
        out.putU64(BlockLayout.LOGICAL_ADDRESS, 0);
        out.putU32(SetLayout.END_ATTRIBUTES, SetLayout.END_ATTRIBUTES_VALUE);
        out.putU64(SetLayout.END_SET_MAP, setMap);
        out.putU16(SetLayout.END_NUMBER, header.set().position());
        out.putDate(SetLayout.END_DATE, header.times().finish());
        out.endBlock();
    }
}
