package dev.sluice.media.mtf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Little endian numbers at absolute offsets of any buffer, whatever its own byte order, position
 * and limit: shared buffers can be read and written without a view of them.
 */
final class Le {

    private static final VarHandle SHORTS =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Le() {}

    static int u8(ByteBuffer source, int at) {
        return source.get(at) & 0xFF;
    }

    static int u16(ByteBuffer source, int at) {
        return (short) SHORTS.get(source, at) & 0xFFFF;
    }

    static int i32(ByteBuffer source, int at) {
        return (int) INTS.get(source, at);
    }

    static long u32(ByteBuffer source, int at) {
        return (int) INTS.get(source, at) & 0xFFFF_FFFFL;
    }

    static long i64(ByteBuffer source, int at) {
        return (long) LONGS.get(source, at);
    }

    static void put16(ByteBuffer target, int at, int value) {
        SHORTS.set(target, at, (short) value);
    }

    static void put32(ByteBuffer target, int at, int value) {
        INTS.set(target, at, value);
    }

    static void put64(ByteBuffer target, int at, long value) {
        LONGS.set(target, at, value);
    }
}
