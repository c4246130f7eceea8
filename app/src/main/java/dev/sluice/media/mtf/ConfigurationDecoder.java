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

/**
 * Reads the records of one MQCI stream, as {@link ConfigurationEncoder} writes them. One thread.
 */
final class ConfigurationDecoder {

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
