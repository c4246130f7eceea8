package dev.sluice.media.mtf;

/**
 * The header every block starts with, 52 bytes. What follows it up to the first stream depends on
 * the block.
 *
 * <pre>
 *   0  type, 4 letters                28  reserved
 *   4  attributes u32                 36  control block number u32
 *   8  offset of first stream u16     40  reserved
 *  10  operating system u8 (14 = NT)  44  pointer to the system's own data
 *  11  operating system version u8    48  string type u8 (2 = UTF-16)
 *  12  displayable size u64           49  reserved
 *  20  logical address u64            50  checksum u16 = XOR of the 25 words before it
 * </pre>
 *
 * The logical address counts units of 1024 bytes from the start of the backup set.
 */
final class BlockLayout {

    static final int TYPE = 0;
    static final int ATTRIBUTES = TYPE + 4;
    static final int FIRST_STREAM = ATTRIBUTES + 4;
    static final int SYSTEM = FIRST_STREAM + 2;
    static final int SYSTEM_VERSION = SYSTEM + 1;
    static final int DISPLAYABLE_SIZE = SYSTEM_VERSION + 1;
    static final int LOGICAL_ADDRESS = DISPLAYABLE_SIZE + 8;
    static final int CONTROL_BLOCK = LOGICAL_ADDRESS + 8 + 8;
    static final int SYSTEM_DATA = CONTROL_BLOCK + 4 + 4;
    static final int STRING_TYPE = SYSTEM_DATA + 4;
    static final int CHECKSUM = STRING_TYPE + 1 + 1;
    static final int SIZE = CHECKSUM + 2;

    static final int SYSTEM_NT = 14;
    static final int SYSTEM_NT_VERSION = 1;
    static final int UTF_16 = 2;

    /** Blocks start at multiples of this many bytes from the filemark before them. */
    static final int ALIGNMENT = 1024;

    private BlockLayout() {}
}
