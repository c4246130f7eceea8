package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** An LSN on tape: u32, u32, u16. */
final class LsnCodec {

    private static final int BLOCK = 4;
    private static final int SLOT = BLOCK + 4;

    private LsnCodec() {}

    static void put(ByteBuffer target, int at, Lsn lsn) {
        Le.put32(target, at, (int) lsn.file());
        Le.put32(target, at + BLOCK, (int) lsn.block());
        Le.put16(target, at + SLOT, lsn.slot());
    }

    static Lsn get(ByteBuffer source, int at) {
        return new Lsn(Le.u32(source, at), Le.u32(source, at + BLOCK), Le.u16(source, at + SLOT));
    }
}
