package dev.sluice.media.mtf;

/**
 * SSET, VOLB and ESET after the common header.
 *
 * <pre>
 *  SSET                               VOLB
 *  52  attributes u32                 52  attributes u32
 *  56  password algorithm u16         56  pointer to device name
 *  58  compression u16                60  pointer to volume name
 *  60  vendor u16                     64  pointer to machine name
 *  62  set number u16                 68  date, 5 bytes
 *  64  pointer to name                73  text
 *  68  pointer to description
 *  72  pointer to password            ESET
 *  76  pointer to user                52  attributes u32
 *  80  position u64, bytes            62  position of the set map u64, bytes
 *  88  start date, 5 bytes            78  set number u16
 *  93  server major version u8        80  finish date, 5 bytes
 *  94  server minor version u8
 *  97  catalog version u8
 *  98  text
 * </pre>
 */
final class SetLayout {

    static final int ATTRIBUTES = BlockLayout.SIZE;
    static final int VENDOR = ATTRIBUTES + 4 + 2 + 2;
    static final int NUMBER = VENDOR + 2;
    static final int NAME = NUMBER + 2;
    static final int DESCRIPTION = NAME + 4;
    static final int PASSWORD = DESCRIPTION + 4;
    static final int USER = PASSWORD + 4;
    static final int POSITION = USER + 4;
    static final int DATE = POSITION + 8;
    static final int MAJOR_VERSION = DATE + MtfDate.SIZE;
    static final int MINOR_VERSION = MAJOR_VERSION + 1;
    static final int CATALOG_VERSION = MINOR_VERSION + 1 + 2;
    static final int SIZE = CATALOG_VERSION + 1;

    static final int ATTRIBUTE_NORMAL = 0x4;
    static final int ATTRIBUTE_DIFFERENTIAL = 0x8;
    static final int CATALOG_VERSION_VALUE = 2;

    static final int VOLUME_ATTRIBUTES = BlockLayout.SIZE;
    static final int VOLUME_DEVICE = VOLUME_ATTRIBUTES + 4;
    static final int VOLUME_NAME = VOLUME_DEVICE + 4;
    static final int VOLUME_MACHINE = VOLUME_NAME + 4;
    static final int VOLUME_DATE = VOLUME_MACHINE + 4;
    static final int VOLUME_SIZE = VOLUME_DATE + MtfDate.SIZE;

    static final int VOLUME_ATTRIBUTES_VALUE = 2;

    static final int END_ATTRIBUTES = BlockLayout.SIZE;
    static final int END_SET_MAP = END_ATTRIBUTES + 4 + 6;
    static final int END_NUMBER = END_SET_MAP + 8 + 8;
    static final int END_DATE = END_NUMBER + 2;
    static final int END_SIZE = END_DATE + MtfDate.SIZE + 3;

    static final int END_ATTRIBUTES_VALUE = 4;

    private SetLayout() {}
}
