package dev.sluice.media.mtf;

import java.nio.ByteBuffer;
import java.util.UUID;

/** A GUID as Windows stores it: u32, u16, u16 little endian, then 8 bytes in order. */
final class Guids {

    static final int SIZE = 16;

    private static final int GROUP_2 = 4;
    private static final int GROUP_3 = GROUP_2 + 2;
    private static final int REST = GROUP_3 + 2;

    private Guids() {}

    /** The buffer is little endian. */
    static void put(ByteBuffer target, int at, UUID guid) {
        long high = guid.getMostSignificantBits();
        target.putInt(at, (int) (high >>> 32));
        target.putShort(at + GROUP_2, (short) (high >>> 16));
        target.putShort(at + GROUP_3, (short) high);
        target.putLong(at + REST, Long.reverseBytes(guid.getLeastSignificantBits()));
    }

    /** The buffer is little endian. */
    static UUID get(ByteBuffer source, int at) {
        long high =
                ((source.getInt(at) & 0xFFFF_FFFFL) << 32)
                        | ((source.getShort(at + GROUP_2) & 0xFFFFL) << 16)
                        | (source.getShort(at + GROUP_3) & 0xFFFFL);
        return new UUID(high, Long.reverseBytes(source.getLong(at + REST)));
    }
}
