package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** The checksum of block and stream headers: the XOR of their u16 words. */
final class HeaderChecksum {

    private HeaderChecksum() {}

    static int of(ByteBuffer buffer, int at, int length) {
        int sum = 0;
        for (int i = at; i < at + length; i += Short.BYTES) {
            sum ^= Le.u16(buffer, i);
        }
        return sum;
    }

    /** Puts the checksum behind the bytes it covers. */
    static void seal(ByteBuffer buffer, int at, int length) {
        Le.put16(buffer, at + length, of(buffer, at, length));
    }
}
