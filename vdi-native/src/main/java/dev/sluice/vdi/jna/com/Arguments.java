package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Arguments as the interface wants them. */
final class Arguments {

    /** {@code INFINITE} of Windows. */
    private static final int FOR_EVER = 0xFFFFFFFF;

    private static final long LONGEST_WAIT = 0xFFFFFFFEL;

    private static final ValueLayout.OfChar WCHAR =
            ValueLayout.JAVA_CHAR.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Arguments() {}

    /**
     * A text as {@code LPCWSTR}: UTF-16, little endian, ended by two zero bytes. Characters go over
     * as they are, also half of a surrogate pair, since names are compared bit by bit.
     *
     * @return its address, valid as long as the arena
     */
    static long wide(String text, Arena arena) {
        MemorySegment memory =
                arena.allocate(WCHAR, text.length() + 1L); // zeroed, hence terminated
        MemorySegment.copy(text.toCharArray(), 0, memory, WCHAR, 0, text.length());
        return memory.address();
    }

    /** An instance name: 0, the null pointer, for the default instance (vdi-facts K). */
    static long instance(@Nullable String name, Arena arena) {
        return name == null || name.isEmpty() ? 0 : wide(name, arena);
    }

    /** What is wrong with an instance name. */
    static List<Said> checkInstance(@Nullable String name) {
        if (name == null || name.indexOf('\\') < 0) {
            return checkName(name);
        }
        return List.of(
                Said.of(
                        "wrong.machineInInstance",
                        name,
                        name.substring(name.lastIndexOf('\\') + 1)));
    }

    /** What {@code LPCWSTR} cannot carry. */
    static List<Said> checkName(@Nullable String name) {
        return name == null || name.indexOf('\0') < 0 ? List.of() : List.of(Said.of("wrong.zero"));
    }

    /** A wait as DWORD; one that is longer than 49 days is clipped to that. */
    static int timeout(long millis) {
        return millis == ClientBinding.INFINITE ? FOR_EVER : (int) Math.min(millis, LONGEST_WAIT);
    }
}
