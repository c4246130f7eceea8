package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** The checksum of block and stream headers: the XOR of their u16 words. */
final class HeaderChecksum {

    private HeaderChecksum() {}

    /** The buffer is little endian. */
    static int of(ByteBuffer buffer, int at, int length) {
        int sum = 0;
        for (int i = at; i < at + length; i += Short.BYTES) {
            sum ^= buffer.getShort(i);
        }
        return sum & 0xFFFF;
    }

    /** Puts the checksum behind the bytes it covers. */
    static void seal(ByteBuffer buffer, int at, int length) {
        buffer.putShort(at + length, (short) of(buffer, at, length));
    }
}
