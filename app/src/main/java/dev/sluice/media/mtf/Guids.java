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

    static void put(ByteBuffer target, int at, UUID guid) {
        long high = guid.getMostSignificantBits();
        Le.put32(target, at, (int) (high >>> 32));
        Le.put16(target, at + GROUP_2, (int) (high >>> 16));
        Le.put16(target, at + GROUP_3, (int) high);
        Le.put64(target, at + REST, Long.reverseBytes(guid.getLeastSignificantBits()));
    }

    static UUID get(ByteBuffer source, int at) {
        long high =
                (Le.u32(source, at) << 32)
                        | ((long) Le.u16(source, at + GROUP_2) << 16)
                        | Le.u16(source, at + GROUP_3);
        return new UUID(high, Long.reverseBytes(Le.i64(source, at + REST)));
    }
}
