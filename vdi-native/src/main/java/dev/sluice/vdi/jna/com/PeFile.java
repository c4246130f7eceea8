package dev.sluice.vdi.jna.com;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The header of a Windows program or library (PE):
 *
 * <pre>
 *   0      0x3C           offset         +4        +24
 *  +----+-+--------+---+ +-------------+---------+---------------------------+
 *  | MZ | | offset |   | | P E \0 \0   |  COFF   | magic: 0x10B PE32, 32-bit |
 *  |    | |        |   | |             |  header |        0x20B PE32+, 64-bit|
 *  +----+-+--------+---+ +-------------+---------+---------------------------+
 * </pre>
 */
final class PeFile {

    private static final int DOS_MAGIC = 'M' | 'Z' << 8;
    private static final int OFFSET_OF_HEADER = 0x3C;
    private static final int PE_MAGIC = 'P' | 'E' << 8;
    private static final int OPTIONAL_HEADER = 24;
    private static final int PE32 = 0x10B;
    private static final int PE32_PLUS = 0x20B;

    private PeFile() {}

    /**
     * 32 or 64; empty for a file that is no Windows program or library.
     *
     * @throws IOException when the file cannot be read
     */
    static OptionalInt bits(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return bits(channel);
        } catch (EOFException tooShort) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt bits(FileChannel file) throws IOException {
        if (number(file, 0, Short.BYTES) != DOS_MAGIC) {
            return OptionalInt.empty();
        }
        long header = number(file, OFFSET_OF_HEADER, Integer.BYTES);
        if (number(file, header, Integer.BYTES) != PE_MAGIC) {
            return OptionalInt.empty();
        }
        long magic = number(file, header + OPTIONAL_HEADER, Short.BYTES);
        if (magic == PE32_PLUS) {
            return OptionalInt.of(64);
        }
        return magic == PE32 ? OptionalInt.of(32) : OptionalInt.empty();
    }

    /** An unsigned number of 2 or 4 bytes, little endian. */
    private static long number(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.clear().getLong();
    }
}
