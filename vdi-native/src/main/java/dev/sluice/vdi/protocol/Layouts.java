package dev.sluice.vdi.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What the layouts share: field types of the machine's byte order, and the check of the length. */
final class Layouts {

    /** DWORD, uint32_t. */
    static final ValueLayout.OfInt DWORD = ValueLayout.JAVA_INT_UNALIGNED;

    /** DWORDLONG, uint64_t. */
    static final ValueLayout.OfLong DWORDLONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** A pointer on a 64-bit machine. */
    static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG_UNALIGNED;

    private Layouts() {}

    /**
     * Refuses memory that is too short to hold a structure.
     *
     * @throws IllegalArgumentException with both lengths
     */
    static void checkLength(String structure, MemorySegment memory, long length) {
        if (memory.byteSize() < length) {
            throw new IllegalArgumentException(
                    "%s needs %d bytes of memory but there are %d"
                            .formatted(structure, length, memory.byteSize()));
        }
    }
}
