package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for the numbers of a device set (vdi-facts section H), as pure checks. Each returns
 * what is wrong, in words that name the value and the rule; an empty list means all is well.
 */
public final class ConfigurationRules {

    /** The smallest block, in bytes. */
    public static final int MIN_BLOCK_SIZE = 512;

    /** The largest block and the largest alignment, in bytes. */
    public static final int MAX_BLOCK_SIZE = 65536;

    /** The unit and the smallest value of the transfer size, in bytes. */
    public static final int TRANSFER_UNIT = 65536;

    /** The largest transfer, in bytes. */
    public static final int MAX_TRANSFER_SIZE = 4194304;

    /** The depth every server reports; the field is deprecated. */
    public static final int MAX_IO_DEPTH = 4;

    /** The longest set name, in characters: that of a kernel object. */
    public static final int MAX_NAME_LENGTH = 260;

    private static final int SERVER_BITS =
            Features.WRITE_MEDIA | Features.READ_MEDIA | Features.COMPLETE_ENABLED;
    private static final int PIPE_EXTRAS =
            Features.REMOVABLE
                    | Features.DISCARD
                    | Features.SNAPSHOT_PREPARE
                    | Features.ENUM_FROZEN_FILES
                    | Features.VSS_WRITER
                    | Features.REQUEST_COMPLETE;

    private ConfigurationRules() {}

    /** What is wrong with the name of a set or a device. */
    public static List<Said> checkName(String name) {
        Findings found = new Findings();
        found.unless(!name.isEmpty(), Said.of("wrong.name.empty"));
        found.unless(
                name.length() <= MAX_NAME_LENGTH,
                Said.of("wrong.name.long", name.length(), MAX_NAME_LENGTH));
        found.unless(name.indexOf('\\') < 0, Said.of("wrong.name.backslash"));
        return found.list;
    }

    /** What is wrong with what a client asks for. */
    public static List<Said> checkRequest(DeviceSetConfiguration request) {
        Findings found = new Findings();
        found.unless(
                request.deviceCount() >= 1
                        && request.deviceCount() <= DeviceSetConfiguration.MAX_DEVICES,
                Said.of(
                        "wrong.deviceCount",
                        request.deviceCount(),
                        DeviceSetConfiguration.MAX_DEVICES));
        checkRequestedFeatures(request.features(), found);
        found.unless(
                request.alignment() == 0 || isPowerOfTwo(request.alignment(), 1, MAX_BLOCK_SIZE),
                Said.of("wrong.alignment", request.alignment(), MAX_BLOCK_SIZE));
        found.notNegative("prefixZoneSize", request.prefixZoneSize());
        found.notNegative("softFileMarkBlockSize", request.softFileMarkBlockSize());
        found.notNegative("eomWarningSize", request.eomWarningSize());
        found.notNegative("serverTimeOut", request.serverTimeOut());
        found.unless(
                request.softFileMarkBlockSize() == 0 || request.has(Features.FILE_MARKS),
                Said.of("wrong.fileMarks", request.softFileMarkBlockSize()));
        return found.list;
    }

    private static void checkRequestedFeatures(int features, Findings found) {
        found.unless(
                (features & SERVER_BITS) == 0,
                Said.of("wrong.serverBits", hex(features), hex(features & SERVER_BITS)));
        int kind = features & ~SERVER_BITS & ~PIPE_EXTRAS;
        int tape = Features.LIKE_TAPE & ~PIPE_EXTRAS;
        found.unless(
                kind == Features.LIKE_PIPE || kind == Features.RANDOM_ACCESS || kind == tape,
                Said.of("wrong.kind", hex(features)));
    }

    /**
     * What is wrong with what a server decides.
     *
     * @param request what the client asked for
     * @param features the final feature bits
     * @param alignment the final alignment, 0 for the block size
     * @param blockSize bytes
     * @param maxTransferSize bytes
     */
    public static List<Said> checkDecision(
            DeviceSetConfiguration request,
            int features,
            int alignment,
            int blockSize,
            int maxTransferSize) {
        Findings found = new Findings();
        found.unless(
                isPowerOfTwo(blockSize, MIN_BLOCK_SIZE, MAX_BLOCK_SIZE),
                Said.of("wrong.blockSize", blockSize, MIN_BLOCK_SIZE, MAX_BLOCK_SIZE));
        found.unless(
                alignment == 0 || isPowerOfTwo(alignment, blockSize, MAX_BLOCK_SIZE),
                Said.of("wrong.alignment.decided", alignment, blockSize, MAX_BLOCK_SIZE));
        found.unless(
                maxTransferSize >= TRANSFER_UNIT
                        && maxTransferSize <= MAX_TRANSFER_SIZE
                        && maxTransferSize % TRANSFER_UNIT == 0,
                Said.of(
                        "wrong.maxTransferSize",
                        maxTransferSize,
                        TRANSFER_UNIT,
                        MAX_TRANSFER_SIZE));
        checkDecidedFeatures(request, features, found);
        return found.list;
    }

    private static void checkDecidedFeatures(
            DeviceSetConfiguration request, int features, Findings found) {
        int directions = features & (Features.WRITE_MEDIA | Features.READ_MEDIA);
        found.unless(Integer.bitCount(directions) == 1, Said.of("wrong.direction", hex(features)));
        found.unless(
                (features & Features.COMPLETE_ENABLED) == 0
                        || request.has(Features.REQUEST_COMPLETE),
                Said.of("wrong.completeEnabled"));
    }

    /**
     * What is wrong with a request for buffers.
     *
     * @param size bytes of data
     * @param alignment 0 for the set's own
     * @param setAlignment the set's alignment, which may only be made stricter
     * @param maxTransferSize bytes
     */
    public static List<Said> checkBuffer(
            int size, int alignment, int setAlignment, int maxTransferSize) {
        Findings found = new Findings();
        found.unless(
                size >= 1 && size <= maxTransferSize,
                Said.of("wrong.bufferSize", size, maxTransferSize));
        found.unless(
                alignment == 0 || isPowerOfTwo(alignment, setAlignment, MAX_BLOCK_SIZE),
                Said.of("wrong.bufferAlignment", alignment, setAlignment, MAX_BLOCK_SIZE));
        return found.list;
    }

    /** Whether {@link #checkBuffer} finds nothing; allocates nothing. */
    public static boolean acceptsBuffer(
            int size, int alignment, int setAlignment, int maxTransferSize) {
        return size >= 1
                && size <= maxTransferSize
                && (alignment == 0 || isPowerOfTwo(alignment, setAlignment, MAX_BLOCK_SIZE));
    }

    /** Whether a number is a power of two within bounds. */
    public static boolean isPowerOfTwo(int value, int min, int max) {
        return value >= min && value <= max && Integer.bitCount(value) == 1;
    }

    private static String hex(int bits) {
        return "0x%X".formatted(bits);
    }

    private static final class Findings {

        private final List<Said> list = new ArrayList<>();

        void unless(boolean holds, Said finding) {
            if (!holds) {
                list.add(finding);
            }
        }

        void notNegative(String field, int value) {
            unless(value >= 0, Said.of("wrong.negative", field, value));
        }
    }
}
