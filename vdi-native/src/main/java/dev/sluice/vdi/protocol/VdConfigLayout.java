package dev.sluice.vdi.protocol;

import static dev.sluice.vdi.protocol.Layouts.DWORD;

import java.lang.foreign.MemorySegment;

/**
 * The layout of {@code VDConfig} (vdi-facts section C), the same on Windows and Linux:
 *
 * <pre>
 *   0        4        8        12       16       20       24       28       32       36       40     44
 *  +--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+
 *  | device | feat-  | prefix | align- | soft-  | EOM-   | server | block  | maxIO  | max-   | buffer |
 *  | Count  | ures   | Zone   | ment   | File-  | Warn-  | Time-  | Size   | Depth  | Trans- | Area   |
 *  |        |        | Size   |        | MarkBS | ingSize| Out    |        |        | ferSize| Size   |
 *  +--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+
 *   client   both     client   both     client   client   client   server   server   server   server
 * </pre>
 */
public final class VdConfigLayout {

    /** Offset of deviceCount. */
    public static final long DEVICE_COUNT = 0;

    /** Offset of features. */
    public static final long FEATURES = DEVICE_COUNT + DWORD.byteSize();

    /** Offset of prefixZoneSize. */
    public static final long PREFIX_ZONE_SIZE = FEATURES + DWORD.byteSize();

    /** Offset of alignment. */
    public static final long ALIGNMENT = PREFIX_ZONE_SIZE + DWORD.byteSize();

    /** Offset of softFileMarkBlockSize. */
    public static final long SOFT_FILE_MARK_BLOCK_SIZE = ALIGNMENT + DWORD.byteSize();

    /** Offset of EOMWarningSize. */
    public static final long EOM_WARNING_SIZE = SOFT_FILE_MARK_BLOCK_SIZE + DWORD.byteSize();

    /** Offset of serverTimeOut. */
    public static final long SERVER_TIME_OUT = EOM_WARNING_SIZE + DWORD.byteSize();

    /** Offset of blockSize. */
    public static final long BLOCK_SIZE = SERVER_TIME_OUT + DWORD.byteSize();

    /** Offset of maxIODepth. */
    public static final long MAX_IO_DEPTH = BLOCK_SIZE + DWORD.byteSize();

    /** Offset of maxTransferSize. */
    public static final long MAX_TRANSFER_SIZE = MAX_IO_DEPTH + DWORD.byteSize();

    /** Offset of bufferAreaSize. */
    public static final long BUFFER_AREA_SIZE = MAX_TRANSFER_SIZE + DWORD.byteSize();

    /** Length of the structure. */
    public static final long LENGTH = BUFFER_AREA_SIZE + DWORD.byteSize();

    private VdConfigLayout() {}

    /**
     * Writes a configuration at the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static void write(DeviceSetConfiguration from, MemorySegment to) {
        Layouts.checkLength("VDConfig", to, LENGTH);
        to.set(DWORD, DEVICE_COUNT, from.deviceCount());
        to.set(DWORD, FEATURES, from.features());
        to.set(DWORD, PREFIX_ZONE_SIZE, from.prefixZoneSize());
        to.set(DWORD, ALIGNMENT, from.alignment());
        to.set(DWORD, SOFT_FILE_MARK_BLOCK_SIZE, from.softFileMarkBlockSize());
        to.set(DWORD, EOM_WARNING_SIZE, from.eomWarningSize());
        to.set(DWORD, SERVER_TIME_OUT, from.serverTimeOut());
        to.set(DWORD, BLOCK_SIZE, from.blockSize());
        to.set(DWORD, MAX_IO_DEPTH, from.maxIoDepth());
        to.set(DWORD, MAX_TRANSFER_SIZE, from.maxTransferSize());
        to.set(DWORD, BUFFER_AREA_SIZE, from.bufferAreaSize());
    }

    /**
     * Reads a configuration from the start of the memory.
     *
     * @throws IllegalArgumentException when the memory is too short
     */
    public static DeviceSetConfiguration read(MemorySegment from) {
        Layouts.checkLength("VDConfig", from, LENGTH);
        return new DeviceSetConfiguration(
                from.get(DWORD, DEVICE_COUNT),
                from.get(DWORD, FEATURES),
                from.get(DWORD, PREFIX_ZONE_SIZE),
                from.get(DWORD, ALIGNMENT),
                from.get(DWORD, SOFT_FILE_MARK_BLOCK_SIZE),
                from.get(DWORD, EOM_WARNING_SIZE),
                from.get(DWORD, SERVER_TIME_OUT),
                from.get(DWORD, BLOCK_SIZE),
                from.get(DWORD, MAX_IO_DEPTH),
                from.get(DWORD, MAX_TRANSFER_SIZE),
                from.get(DWORD, BUFFER_AREA_SIZE));
    }
}
