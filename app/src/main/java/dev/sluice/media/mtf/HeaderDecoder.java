package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupHeader.Filegroup;
import dev.sluice.media.mtf.BackupHeader.Lsns;
import dev.sluice.media.mtf.BackupHeader.Media;
import dev.sluice.media.mtf.BackupHeader.ServerVersion;
import dev.sluice.media.mtf.BackupHeader.SetLabel;
import dev.sluice.media.mtf.BackupHeader.Times;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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

    /** Reads the records of one MQCI stream. */
    private static final class ConfigurationDecoder {

        private final List<Filegroup> filegroups = new ArrayList<>();
        private final List<DatabaseFile> files = new ArrayList<>();
        private @Nullable Field set;

        void decode(ByteBuffer data, int at, int length, long offset) throws MtfFormatException {
            int done = 0;
            while (done < length) {
                Field rest = new Field(data, at + done, length - done, offset + done);
                if (rest.isZero()) {
                    return;
                }
                done += record(rest);
            }
        }

        private int record(Field rest) throws MtfFormatException {
            rest.require(ConfigurationLayout.RECORD);
            long length = rest.u32(ConfigurationLayout.LENGTH);
            if (length < ConfigurationLayout.RECORD || length > rest.length()) {
                throw rest.fault(
                        "configuration record of %d bytes, expected %d to %d"
                                .formatted(length, ConfigurationLayout.RECORD, rest.length()));
            }
            take(rest.first((int) length));
            return (int) length;
        }

        private void take(Field record) throws MtfFormatException {
            int tag = (int) record.u32(ConfigurationLayout.TAG);
            if (tag == Tags.SCIN) {
                record.require(ConfigurationLayout.SET_MINIMUM);
                set = record;
            } else if (tag == Tags.SFGI) {
                filegroups.add(filegroup(record));
            } else if (tag == Tags.SFIN) {
                files.add(file(record));
            }
        }

        private static Filegroup filegroup(Field record) throws MtfFormatException {
            record.require(ConfigurationLayout.GROUP_MINIMUM);
            return new Filegroup(
                    (int) record.u32(ConfigurationLayout.GROUP_ID),
                    record.text(ConfigurationLayout.GROUP_NAME));
        }

        private static DatabaseFile file(Field record) throws MtfFormatException {
            record.require(ConfigurationLayout.FILE_MINIMUM);
            return new DatabaseFile(
                    (int) record.u32(ConfigurationLayout.FILE_ID),
                    DatabaseFile.Type.of((int) record.u32(ConfigurationLayout.FILE_TYPE)),
                    (int) record.u32(ConfigurationLayout.FILE_GROUP),
                    record.u32(ConfigurationLayout.FILE_PAGES),
                    record.text(ConfigurationLayout.FILE_LOGICAL_NAME),
                    record.text(ConfigurationLayout.FILE_PHYSICAL_PATH));
        }

        BackupHeader header(Media media, SetLabel label, long offset) throws MtfFormatException {
            Field record = set;
            if (record == null) {
                throw new MtfFormatException("configuration without a SCIN record", offset);
            }
            long flags = record.u32(ConfigurationLayout.FLAGS);
            return new BackupHeader(
                    media,
                    label,
                    BackupKind.of((char) record.u8(ConfigurationLayout.KIND)),
                    record.text(ConfigurationLayout.DATABASE),
                    record.text(ConfigurationLayout.SERVER),
                    version(record),
                    record.u8(ConfigurationLayout.COMPATIBILITY),
                    record.u16(ConfigurationLayout.INTERNAL_VERSION),
                    record.i64(ConfigurationLayout.TOTAL_SIZE),
                    (flags & ConfigurationLayout.FLAG_CHECKSUM) != 0,
                    lsns(record),
                    times(record),
                    filegroups,
                    files);
        }

        private static ServerVersion version(Field record) {
            return new ServerVersion(
                    record.u8(ConfigurationLayout.MAJOR),
                    record.u8(ConfigurationLayout.MINOR),
                    record.u16(ConfigurationLayout.BUILD));
        }

        private static Lsns lsns(Field record) {
            return new Lsns(
                    record.lsn(ConfigurationLayout.FIRST_LSN),
                    record.lsn(ConfigurationLayout.LAST_LSN),
                    record.lsn(ConfigurationLayout.CHECKPOINT_LSN),
                    record.lsn(ConfigurationLayout.DATABASE_LSN));
        }

        private static Times times(Field record) throws MtfFormatException {
            return new Times(
                    record.date(ConfigurationLayout.CREATED),
                    record.date(ConfigurationLayout.START),
                    record.date(ConfigurationLayout.FINISH));
        }
    }
}
