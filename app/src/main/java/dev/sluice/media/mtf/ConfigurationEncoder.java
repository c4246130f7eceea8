package dev.sluice.media.mtf;

import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupHeader.Filegroup;

/** Writes the MQCI stream: one SCIN, then SFGI and SFIN records. */
final class ConfigurationEncoder {

    private ConfigurationEncoder() {}

    /**
     * Appends MQCI; with checksums it is padded to whole sectors and followed by a CSUM, so that a
     * flipped bit in it is found.
     */
    static void put(BlockEncoder out, BackupHeader header) {
        int mark = out.mark();
        out.stream(Tags.MQCI, 0, 0);
        putSet(out, header);
        header.filegroups().forEach(group -> putGroup(out, group));
        header.files().forEach(file -> putFile(out, file));
        if (!header.checksums()) {
            out.patchStream(mark, Tags.MQCI, 0);
            out.alignStream();
            return;
        }
        int sum = out.sumSince(mark + StreamLayout.SIZE);
        out.patchStream(mark, Tags.MQCI, StreamLayout.CHECKSUMMED);
        out.alignStream();
        out.stream(Tags.CSUM, 0, StreamLayout.CSUM_LENGTH);
        out.putInt(sum);
        out.alignStream();
    }

    private static void putSet(BlockEncoder out, BackupHeader header) {
        begin(out, Tags.SCIN, ConfigurationLayout.SET_SIZE);
        putFlags(out, header);
        out.putU16(ConfigurationLayout.BUILD, header.version().build());
        out.putU8(ConfigurationLayout.MINOR, header.version().minor());
        out.putU8(ConfigurationLayout.MAJOR, header.version().major());
        putLsns(out, header.lsns());
        out.putDate(ConfigurationLayout.CREATED, header.times().databaseCreated());
        out.putDate(ConfigurationLayout.START, header.times().start());
        out.putDate(ConfigurationLayout.FINISH, header.times().finish());
        out.putU8(ConfigurationLayout.KIND, header.kind().letter());
        out.putU8(ConfigurationLayout.COMPATIBILITY, header.compatibilityLevel());
        out.putU16(ConfigurationLayout.INTERNAL_VERSION, header.internalVersion());
        out.putU64(ConfigurationLayout.TOTAL_SIZE, header.size());
        out.putText(ConfigurationLayout.DATABASE, header.database());
        out.putText(ConfigurationLayout.SERVER, header.server());
        end(out);
    }

    private static void putFlags(BlockEncoder out, BackupHeader header) {
        int flags = ConfigurationLayout.FLAG_ALWAYS;
        flags |= header.checksums() ? ConfigurationLayout.FLAG_CHECKSUM : 0;
        flags |= header.kind().isDifferential() ? ConfigurationLayout.FLAG_DIFFERENTIAL : 0;
        out.putU32(ConfigurationLayout.FLAGS, flags);
        out.putU32(ConfigurationLayout.ONE, 1);
        out.putU32(ConfigurationLayout.OTHER_ONE, 1);
    }

    private static void putLsns(BlockEncoder out, BackupHeader.Lsns lsns) {
        out.putLsn(ConfigurationLayout.FIRST_LSN, lsns.first());
        out.putLsn(ConfigurationLayout.LAST_LSN, lsns.last());
        out.putLsn(ConfigurationLayout.CHECKPOINT_LSN, lsns.checkpoint());
        out.putLsn(ConfigurationLayout.DATABASE_LSN, lsns.databaseBackup());
    }

    private static void putGroup(BlockEncoder out, Filegroup group) {
        begin(out, Tags.SFGI, ConfigurationLayout.GROUP_SIZE);
        out.putU32(ConfigurationLayout.GROUP_MARK, ConfigurationLayout.GROUP_MARK_VALUE);
        out.putU32(ConfigurationLayout.GROUP_ID, group.id());
        out.putU32(ConfigurationLayout.GROUP_ONE, 1);
        out.putText(ConfigurationLayout.GROUP_NAME, group.name());
        end(out);
    }

    private static void putFile(BlockEncoder out, DatabaseFile file) {
        begin(out, Tags.SFIN, ConfigurationLayout.FILE_SIZE);
        out.putU32(ConfigurationLayout.FILE_PAGE_SIZE, PageLayout.SIZE);
        out.putU32(ConfigurationLayout.FILE_ID, file.id());
        out.putU32(ConfigurationLayout.FILE_PAGES, file.pages());
        out.putU32(ConfigurationLayout.FILE_TYPE, file.type().number());
        out.putU32(ConfigurationLayout.FILE_SECTOR_SIZE, SectorSum.SECTOR);
        out.putU32(ConfigurationLayout.FILE_GROUP, file.filegroup());
        out.putText(ConfigurationLayout.FILE_LOGICAL_NAME, file.logicalName());
        out.putText(ConfigurationLayout.FILE_PHYSICAL_PATH, file.physicalPath());
        end(out);
    }

    private static void begin(BlockEncoder out, int tag, int size) {
        out.begin(size);
        out.putU32(ConfigurationLayout.TAG, tag);
    }

    private static void end(BlockEncoder out) {
        out.putU32(ConfigurationLayout.LENGTH, out.recordLength());
    }
}
