package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** An LSN on tape: u32, u32, u16. The buffers are little endian. */
final class LsnCodec {

    private static final int BLOCK = 4;
    private static final int SLOT = BLOCK + 4;
    private static final long U32 = 0xFFFF_FFFFL;

    private LsnCodec() {}

    static void put(ByteBuffer target, int at, Lsn lsn) {
        target.putInt(at, (int) lsn.file());
        target.putInt(at + BLOCK, (int) lsn.block());
        target.putShort(at + SLOT, (short) lsn.slot());
    }

    static Lsn get(ByteBuffer source, int at) {
        return new Lsn(
                source.getInt(at) & U32,
                source.getInt(at + BLOCK) & U32,
                source.getShort(at + SLOT) & 0xFFFF);
    }
}
