package dev.sluice.vdi.protocol;

import static dev.sluice.vdi.protocol.Layouts.DWORD;
import static dev.sluice.vdi.protocol.Layouts.DWORDLONG;
import static dev.sluice.vdi.protocol.Layouts.POINTER;

import java.lang.foreign.MemorySegment;

/**
 * The layout of {@code VDS_Command}, the server's view of a command, on 64-bit machines (vdi-facts
 * section C):
 *
 * <pre>
 *   0             4             8                           16                          24
 *  +-------------+-------------+---------------------------+---------------------------+
 *  | commandCode |    size     |        inPosition         |        outPosition        |
 *  +-------------+-------------+---------------------------+---------------------------+
 *   24                          32                          40
 *  +---------------------------+---------------------------+---------------------------+
 *  |          buffer           |     completionRoutine     |     completionContext     |
 *  +---------------------------+---------------------------+---------------------------+
 *   48             52            56
 *  +-------------+-------------+
 *  | completion- | bytesTrans- |
 *  | Code        | ferred      |
 *  +-------------+-------------+
 * </pre>
 */
public final class VdsCommandLayout {

    /** Offset of commandCode. */
    public static final long COMMAND_CODE = 0;

    /** Offset of size. */
    public static final long SIZE = COMMAND_CODE + DWORD.byteSize();

    /** Offset of inPosition. */
    public static final long IN_POSITION = SIZE + DWORD.byteSize();

    /** Offset of outPosition. */
    public static final long OUT_POSITION = IN_POSITION + DWORDLONG.byteSize();

    /** Offset of buffer. */
    public static final long BUFFER = OUT_POSITION + DWORDLONG.byteSize();

    /** Offset of completionRoutine. */
    public static final long COMPLETION_ROUTINE = BUFFER + POINTER.byteSize();

    /** Offset of completionContext. */
    public static final long COMPLETION_CONTEXT = COMPLETION_ROUTINE + POINTER.byteSize();

    /** Offset of completionCode. */
    public static final long COMPLETION_CODE = COMPLETION_CONTEXT + POINTER.byteSize();

    /** Offset of bytesTransferred. */
    public static final long BYTES_TRANSFERRED = COMPLETION_CODE + DWORD.byteSize();

    /** Length of the structure. */
    public static final long LENGTH = BYTES_TRANSFERRED + DWORD.byteSize();

    private VdsCommandLayout() {}

    /**
     * The fields of the structure.
     *
     * @param commandCode a number of {@link CommandCode}
     * @param size bytes, a count or a whence
     * @param inPosition the position asked for, in bytes
     * @param outPosition the position reported, in bytes
     * @param buffer an address, 0 for none
     * @param completionRoutine an address
     * @param completionContext opaque
     * @param completionCode a Win32 code, see {@link CompletionCode}
     * @param bytesTransferred bytes moved
     */
    public record Fields(
            int commandCode,
            int size,
            long inPosition,
            long outPosition,
            long buffer,
            long completionRoutine,
            long completionContext,
            int completionCode,
            int bytesTransferred) {}

    /**
     * Writes the structure at the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static void write(Fields from, MemorySegment to) {
        Layouts.checkLength("VDS_Command", to, LENGTH);
        to.set(DWORD, COMMAND_CODE, from.commandCode());
        to.set(DWORD, SIZE, from.size());
        to.set(DWORDLONG, IN_POSITION, from.inPosition());
        to.set(DWORDLONG, OUT_POSITION, from.outPosition());
        to.set(POINTER, BUFFER, from.buffer());
        to.set(POINTER, COMPLETION_ROUTINE, from.completionRoutine());
        to.set(POINTER, COMPLETION_CONTEXT, from.completionContext());
        to.set(DWORD, COMPLETION_CODE, from.completionCode());
        to.set(DWORD, BYTES_TRANSFERRED, from.bytesTransferred());
    }

    /**
     * Reads the structure from the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static Fields read(MemorySegment from) {
        Layouts.checkLength("VDS_Command", from, LENGTH);
        return new Fields(
                from.get(DWORD, COMMAND_CODE),
                from.get(DWORD, SIZE),
                from.get(DWORDLONG, IN_POSITION),
                from.get(DWORDLONG, OUT_POSITION),
                from.get(POINTER, BUFFER),
                from.get(POINTER, COMPLETION_ROUTINE),
                from.get(POINTER, COMPLETION_CONTEXT),
                from.get(DWORD, COMPLETION_CODE),
                from.get(DWORD, BYTES_TRANSFERRED));
    }
}
