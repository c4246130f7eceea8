package dev.sluice.vdi.jna.posix;

import dev.sluice.vdi.words.Said;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the header of a Linux library (ELF) says:
 *
 * <pre>
 *   0          4       5       6         16     18        20
 *  +----------+-------+-------+---------+------+---------+
 *  | 7F E L F | class | order |   ...   | type | machine |
 *  +----------+-------+-------+---------+------+---------+
 * </pre>
 *
 * @param bits 32 or 64
 * @param machine a number of the ELF specification
 */
record ElfFile(int bits, int machine) {

    private static final int LENGTH = 20;
    private static final int MAGIC = 0x7F454C46;
    private static final int CLASS = 4;
    private static final int CLASS_64 = 2;
    private static final int ORDER = 5;
    private static final int BIG_ENDIAN = 2;
    private static final int MACHINE = 18;

    private static final int X86 = 3;
    private static final int ARM = 40;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    /**
     * Reads a file; empty when it is no ELF file.
     *
     * @throws IOException when it cannot be read
     */
    static Optional<ElfFile> read(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LENGTH);
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        if (start.length < LENGTH || header.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        if (start[ORDER] != BIG_ENDIAN) {
            header.order(ByteOrder.LITTLE_ENDIAN);
        }
        int bits = start[CLASS] == CLASS_64 ? Long.SIZE : Integer.SIZE;
        return Optional.of(new ElfFile(bits, Short.toUnsignedInt(header.getShort(MACHINE))));
    }

    /** Such as "64-bit x86-64". */
    Said kind() {
        Said name =
                switch (machine) {
                    case X86 -> Said.asIs("x86");
                    case ARM -> Said.asIs("Arm");
                    case X86_64 -> Said.asIs("x86-64");
                    case AARCH64 -> Said.asIs("AArch64");
                    default -> Said.of("sqlvdi.machine", machine);
                };
        return Said.of("sqlvdi.kind", bits, name);
    }

    /**
     * Whether a Java of an architecture can load it.
     *
     * @param architecture as the system property os.arch has it; one not known here fits
     */
    boolean fits(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> machine == X86_64 && bits == Long.SIZE;
            case "aarch64" -> machine == AARCH64 && bits == Long.SIZE;
            default -> true;
        };
    }
}
