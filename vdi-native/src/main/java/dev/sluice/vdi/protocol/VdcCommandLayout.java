package dev.sluice.vdi.protocol;

import static dev.sluice.vdi.protocol.Layouts.DWORD;
import static dev.sluice.vdi.protocol.Layouts.DWORDLONG;
import static dev.sluice.vdi.protocol.Layouts.POINTER;

import java.lang.foreign.MemorySegment;

/**
 * The layout of {@code VDC_Command}, the client's view of a command, on 64-bit machines (vdi-facts
 * section C):
 *
 * <pre>
 *   0             4             8                           16                          24
 *  +-------------+-------------+---------------------------+---------------------------+
 *  | commandCode |    size     |         position          |          buffer           |
 *  +-------------+-------------+---------------------------+---------------------------+
 * </pre>
 */
public final class VdcCommandLayout {

    /** Offset of commandCode. */
    public static final long COMMAND_CODE = 0;

    /** Offset of size. */
    public static final long SIZE = COMMAND_CODE + DWORD.byteSize();

    /** Offset of position. */
    public static final long POSITION = SIZE + DWORD.byteSize();

    /** Offset of buffer. */
    public static final long BUFFER = POSITION + DWORDLONG.byteSize();

    /** Length of the structure. */
    public static final long LENGTH = BUFFER + POINTER.byteSize();

    private VdcCommandLayout() {}

    /**
     * The fields of the structure.
     *
     * @param commandCode a number of {@link CommandCode}
     * @param size bytes, a count or a whence
     * @param position bytes
     * @param buffer an address, 0 for none
     */
    public record Fields(int commandCode, int size, long position, long buffer) {}

    /**
     * Writes the structure at the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static void write(Fields from, MemorySegment to) {
        Layouts.checkLength("VDC_Command", to, LENGTH);
        to.set(DWORD, COMMAND_CODE, from.commandCode());
        to.set(DWORD, SIZE, from.size());
        to.set(DWORDLONG, POSITION, from.position());
        to.set(POINTER, BUFFER, from.buffer());
    }

    /**
     * Reads the structure from the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static Fields read(MemorySegment from) {
        Layouts.checkLength("VDC_Command", from, LENGTH);
        return new Fields(commandCode(from, 0), size(from, 0), position(from, 0), buffer(from, 0));
    }

    /** The commandCode of the structure at an offset. */
    public static int commandCode(MemorySegment from, long at) {
        return from.get(DWORD, at + COMMAND_CODE);
    }

    /** The size of the structure at an offset. */
    public static int size(MemorySegment from, long at) {
        return from.get(DWORD, at + SIZE);
    }

    /** The position of the structure at an offset. */
    public static long position(MemorySegment from, long at) {
        return from.get(DWORDLONG, at + POSITION);
    }

    /** The buffer of the structure at an offset. */
    public static long buffer(MemorySegment from, long at) {
        return from.get(POINTER, at + BUFFER);
    }
}
