package dev.sluice.media.mtf;

/**
 * The header every stream starts with, 22 bytes. Data follows, and padding to 4 bytes.
 *
 * <pre>
 *   0  id, 4 letters            16  encryption u16
 *   4  system attributes u16    18  compression u16
 *   6  media attributes u16     20  checksum u16 = XOR of the 10 words before it
 *   8  length u64
 * </pre>
 */
final class StreamLayout {

    static final int ID = 0;
    static final int SYSTEM_ATTRIBUTES = ID + 4;
    static final int MEDIA_ATTRIBUTES = SYSTEM_ATTRIBUTES + 2;
    static final int LENGTH = MEDIA_ATTRIBUTES + 2;
    static final int ENCRYPTION = LENGTH + 8;
    static final int COMPRESSION = ENCRYPTION + 2;
    static final int CHECKSUM = COMPRESSION + 2;
    static final int SIZE = CHECKSUM + 2;

    /** Streams start at multiples of this many bytes. */
    static final int ALIGNMENT = 4;

    /** Media attribute: a piece of data whose whole length is not known yet. */
    static final int VARIABLE = 0x2;

    /** Media attribute: the last piece, which has no data. */
    static final int LAST_PIECE = 0x4;

    /** Media attribute: padding. */
    static final int PADDING = 0x80;

    /** Media attribute: a CSUM stream follows. */
    static final int CHECKSUMMED = 0x100;

    /** Bytes before the first page of MQDA and before the log in MQTL; zero. */
    static final int LEAD = 2;

    /** Bytes of a CSUM stream's data. */
    static final int CSUM_LENGTH = 4;

    private StreamLayout() {}
}
