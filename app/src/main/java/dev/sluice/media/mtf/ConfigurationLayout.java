package dev.sluice.media.mtf;

/**
 * MSCI and MSLS have no fields after the common header up to 56; their MQCI stream holds records,
 * each {@code tag(4) length(u32) ...} with its text at its end. All pointers count from the start
 * of the record.
 *
 * <pre>
 *  SCIN                                          SFGI
 *  0x08  flags u32: 0x10 WITH CHECKSUM,          0x08  0x10 u32
 *        0x200 always, 0x800 differential        0x0c  filegroup id u32
 *  0x0c  1 u32                                   0x10  pointer to name
 *  0x10  1 u32                                   0x14  1 u32
 *  0x18  build u16, minor u8, major u8           0x30  text
 *  0x20  first LSN
 *  0x2a  last LSN                                SFIN
 *  0x34  checkpoint LSN                          0x10  page size u32
 *  0x3e  database backup LSN                     0x14  file id u32
 *  0x48  database creation date                  0x18  pages in this backup u32
 *  0x4d  start date                              0x1c  file type u32: 1 data, 2 log
 *  0x52  finish date                             0x20  sector size u32
 *  0x57  kind, one letter                        0x24  filegroup id u32, 0 for log
 *  0x5b  compatibility level u8                  0x30  pointer to logical name
 *  0x5e  internal version u16                    0x34  pointer to physical path
 *  0x60  size u64                                0x400 text
 *  0x68  pointer to database name
 *  0x6c  pointer to server name
 *  0x16c text
 * </pre>
 */
final class ConfigurationLayout {

    /** Bytes of an MSCI or MSLS block before its streams. */
    static final int BLOCK_SIZE = BlockLayout.SIZE + 4;

    static final int TAG = 0;
    static final int LENGTH = TAG + 4;
    static final int RECORD = LENGTH + 4;

    static final int FLAGS = RECORD;
    static final int ONE = FLAGS + 4;
    static final int OTHER_ONE = ONE + 4;
    static final int BUILD = OTHER_ONE + 4 + 4;
    static final int MINOR = BUILD + 2;
    static final int MAJOR = MINOR + 1;
    static final int FIRST_LSN = MAJOR + 1 + 4;
    static final int LAST_LSN = FIRST_LSN + Lsn.SIZE;
    static final int CHECKPOINT_LSN = LAST_LSN + Lsn.SIZE;
    static final int DATABASE_LSN = CHECKPOINT_LSN + Lsn.SIZE;
    static final int CREATED = DATABASE_LSN + Lsn.SIZE;
    static final int START = CREATED + MtfDate.SIZE;
    static final int FINISH = START + MtfDate.SIZE;
    static final int KIND = FINISH + MtfDate.SIZE;
    static final int COMPATIBILITY = KIND + 1 + 3;
    static final int INTERNAL_VERSION = COMPATIBILITY + 1 + 2;
    static final int TOTAL_SIZE = INTERNAL_VERSION + 2;
    static final int DATABASE = TOTAL_SIZE + 8;
    static final int SERVER = DATABASE + 4;
    static final int SET_SIZE = 0x16c;

    /** The fields we read end here; older servers write shorter records. */
    static final int SET_MINIMUM = SERVER + 4;

    static final int FLAG_CHECKSUM = 0x10;
    static final int FLAG_ALWAYS = 0x200;
    static final int FLAG_DIFFERENTIAL = 0x800;

    static final int GROUP_MARK = RECORD;
    static final int GROUP_ID = GROUP_MARK + 4;
    static final int GROUP_NAME = GROUP_ID + 4;
    static final int GROUP_ONE = GROUP_NAME + 4;
    static final int GROUP_SIZE = 0x30;
    static final int GROUP_MINIMUM = GROUP_ONE;

    static final int GROUP_MARK_VALUE = 0x10;

    static final int FILE_PAGE_SIZE = RECORD + 8;
    static final int FILE_ID = FILE_PAGE_SIZE + 4;
    static final int FILE_PAGES = FILE_ID + 4;
    static final int FILE_TYPE = FILE_PAGES + 4;
    static final int FILE_SECTOR_SIZE = FILE_TYPE + 4;
    static final int FILE_GROUP = FILE_SECTOR_SIZE + 4;
    static final int FILE_LOGICAL_NAME = FILE_GROUP + 4 + 8;
    static final int FILE_PHYSICAL_PATH = FILE_LOGICAL_NAME + 4;
    static final int FILE_SIZE = 0x400;
    static final int FILE_MINIMUM = FILE_PHYSICAL_PATH + 4;

    private ConfigurationLayout() {}
}
