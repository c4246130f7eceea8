package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The digests of all extents of a full backup's image, against which a differential finds the
 * changed ones. Each entry is written by the one device that has the extent.
 *
 * <pre>
 *   0  magic u64      8  extents u64      16  digests u64 …      end  CRC32C of all before u64
 * </pre>
 */
final class ExtentDigests {

    private static final long MAGIC = 0x3153_5447_4944_5845L; // "EXDIGTS1"
    private static final int HEADER = 2 * Long.BYTES;

    private final long[] digests;

    /**
     * @param extents how many the image has
     */
    ExtentDigests(long extents) {
        digests = new long[Math.toIntExact(extents)];
    }

    void set(long extent, long digest) {
        digests[(int) extent] = digest;
    }

    /** Whether an extent differs from the one of the same number here; a new one does. */
    boolean differs(long extent, long digest) {
        return extent >= digests.length || digests[(int) extent] != digest;
    }

    /** Writes the digests, durably. */
    void write(Path file) throws IOException {
        ByteBuffer content =
                ByteBuffer.allocate(HEADER + (digests.length + 1) * Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(MAGIC).putLong(digests.length);
        for (long digest : digests) {
            content.putLong(digest);
        }
        content.putLong(checksum(content.array(), content.position())).flip();
        PrivateFiles.replace(file, content);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also when the file is damaged
     */
    static ExtentDigests read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length - Long.BYTES;
        if (end < HEADER
                || content.getLong(0) != MAGIC
                || content.getLong(Long.BYTES) != (end - HEADER) / Long.BYTES
                || content.getLong(end) != checksum(bytes, end)) {
            throw new IOException("\"" + file + "\" is damaged");
        }
        ExtentDigests read = new ExtentDigests(content.getLong(Long.BYTES));
        content.position(HEADER)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(read.digests);
        return read;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
