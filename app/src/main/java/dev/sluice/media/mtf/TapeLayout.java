package dev.sluice.media.mtf;

/**
 * TAPE after the common header.
 *
 * <pre>
 *  52  family id u32                  76  pointer to password
 *  56  attributes u32                 80  pointer to software name
 *  60  sequence u16                   84  logical block size u16 (1024)
 *  62  password algorithm u16         86  vendor u16
 *  64  filemark size u16, in 512      88  date, 5 bytes
 *  66  catalog type u16               93  major version of the format u8
 *  68  pointer to media name          94  text
 *  72  pointer to media description
 * </pre>
 *
 * Its RAID stream, 32 bytes: media set GUID 0, mark u32 16, families u16 20, 1 u16 22, this family
 * u16 24, 1 u16 30.
 */
final class TapeLayout {

    static final int FAMILY_ID = BlockLayout.SIZE;
    static final int ATTRIBUTES = FAMILY_ID + 4;
    static final int SEQUENCE = ATTRIBUTES + 4;
    static final int PASSWORD_ALGORITHM = SEQUENCE + 2;
    static final int FILEMARK_SIZE = PASSWORD_ALGORITHM + 2;
    static final int CATALOG_TYPE = FILEMARK_SIZE + 2;
    static final int NAME = CATALOG_TYPE + 2;
    static final int DESCRIPTION = NAME + 4;
    static final int PASSWORD = DESCRIPTION + 4;
    static final int SOFTWARE = PASSWORD + 4;
    static final int BLOCK_SIZE = SOFTWARE + 4;
    static final int VENDOR = BLOCK_SIZE + 2;
    static final int DATE = VENDOR + 2;
    static final int MAJOR_VERSION = DATE + MtfDate.SIZE;
    static final int SIZE = MAJOR_VERSION + 1;

    static final int RAID_MEDIA_SET = 0;
    static final int RAID_MARK = RAID_MEDIA_SET + Guids.SIZE;
    static final int RAID_FAMILIES = RAID_MARK + 4;
    static final int RAID_ONE = RAID_FAMILIES + 2;
    static final int RAID_FAMILY = RAID_ONE + 2;
    static final int RAID_LAST = RAID_FAMILY + 2 + 4;
    static final int RAID_SIZE = RAID_LAST + 2;

    /** The same in every file seen; its meaning is unknown. */
    static final int RAID_MARK_VALUE = 0xF000_00AD;

    static final int VENDOR_MICROSOFT = 0x1200;
    static final int ATTRIBUTES_VALUE = 5;
    static final int CATALOG_TYPE_VALUE = 3;
    static final int MAJOR_VERSION_VALUE = 1;

    private TapeLayout() {}
}
