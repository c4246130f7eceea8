package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.Media;
import dev.sluice.media.mtf.BackupHeader.SetLabel;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Gathers a {@link BackupHeader} from the blocks and streams that hold its parts. One thread. */
final class HeaderDecoder {

    private static final int MAX_FAMILIES = 64;
    private static final UUID NO_SET = new UUID(0, 0);

    private Media media = new Media(NO_SET, 0, 0, "", "", "");
    private SetLabel set = new SetLabel(0, "", "", "", "");
    private @Nullable BackupHeader header;

    /** Takes a block's own fields. */
    void block(BlockType type, Field block) throws MtfFormatException {
        switch (type) {
            case TAPE -> tape(block);
            case SSET -> set(block);
            case VOLB -> volume(block);
            default -> {
                // the others say nothing about the backup
            }
        }
    }

    private void tape(Field tape) throws MtfFormatException {
        tape.require(TapeLayout.SIZE);
        media =
                new Media(
                        NO_SET,
                        0,
                        0,
                        tape.text(TapeLayout.NAME),
                        tape.text(TapeLayout.DESCRIPTION),
                        tape.text(TapeLayout.SOFTWARE));
    }

    private void set(Field start) throws MtfFormatException {
        start.require(SetLayout.SIZE);
        set =
                new SetLabel(
                        start.u16(SetLayout.NUMBER),
                        start.text(SetLayout.NAME),
                        start.text(SetLayout.DESCRIPTION),
                        start.text(SetLayout.USER),
                        "");
    }

    private void volume(Field volume) throws MtfFormatException {
        volume.require(SetLayout.VOLUME_SIZE);
        String machine = volume.text(SetLayout.VOLUME_MACHINE);
        set = new SetLabel(set.position(), set.name(), set.description(), set.user(), machine);
    }

    /** Takes the RAID stream. */
    void raid(Field raid) throws MtfFormatException {
        raid.require(TapeLayout.RAID_SIZE);
        int families = raid.u16(TapeLayout.RAID_FAMILIES);
        int family = raid.u16(TapeLayout.RAID_FAMILY);
        if (families < 1 || families > MAX_FAMILIES || family < 1 || family > families) {
            throw raid.fault(
                    "media family %d of %d, expected 1 of 1 to 64 of 64"
                            .formatted(family, families));
        }
        media =
                new Media(
                        raid.guid(TapeLayout.RAID_MEDIA_SET),
                        families,
                        family,
                        media.name(),
                        media.description(),
                        media.software());
    }

    /** Takes an MQCI stream; the one in MSLS must agree with the one in MSCI. */
    BackupHeader configuration(ByteBuffer data, int at, int length, long offset)
            throws MtfFormatException {
        ConfigurationDecoder records = new ConfigurationDecoder();
        records.decode(data, at, length, offset);
        BackupHeader decoded = records.header(media, set, offset);
        BackupHeader before = header;
        if (before != null && !sameBackup(before, decoded)) {
            throw new MtfFormatException(
                    "the final configuration is of %s %s on %s, expected %s %s on %s"
                            .formatted(
                                    decoded.kind(),
                                    decoded.database(),
                                    decoded.server(),
                                    before.kind(),
                                    before.database(),
                                    before.server()),
                    offset);
        }
        header = decoded;
        return decoded;
    }

    private static boolean sameBackup(BackupHeader one, BackupHeader other) {
        return one.kind() == other.kind()
                && one.database().equals(other.database())
                && one.server().equals(other.server());
    }

    /** The header as known so far; null before the first configuration. */
    @Nullable BackupHeader header() {
        return header;
    }
}
