package dev.sluice.vdi.protocol;

/**
 * The configuration of a device set ({@code VDConfig}; vdi-facts sections C and H). The client sets
 * the first group before creating the set; the server sets the second, and may change features and
 * alignment.
 *
 * @param deviceCount devices, 1 to 64
 * @param features feature bits, see {@link Features}
 * @param prefixZoneSize bytes before each buffer that are private to the client
 * @param alignment of each buffer's data, a power of two; from the client its minimum, 0 for none;
 *     from the server the final one
 * @param softFileMarkBlockSize only with {@link Features#FILE_MARKS}
 * @param eomWarningSize bytes of the warning zone at the end of a medium
 * @param serverTimeOut milliseconds without any completion, while commands are pending, of which
 *     two make the server abort; 0 never
 * @param blockSize server: the unit of every transfer, a power of two, 512 to 65536
 * @param maxIoDepth server: deprecated, always 4
 * @param maxTransferSize server: bytes, the largest transfer, a multiple of 65536 up to 4194304
 * @param bufferAreaSize server: bytes of the shared area
 */
public record DeviceSetConfiguration(
        int deviceCount,
        int features,
        int prefixZoneSize,
        int alignment,
        int softFileMarkBlockSize,
        int eomWarningSize,
        int serverTimeOut,
        int blockSize,
        int maxIoDepth,
        int maxTransferSize,
        int bufferAreaSize) {

    /** The most devices a set can have. */
    public static final int MAX_DEVICES = 64;

    /** What a client asks for when it needs nothing but devices and features. */
    public static DeviceSetConfiguration request(int deviceCount, int features) {
        return new DeviceSetConfiguration(deviceCount, features, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Whether all of these feature bits are set. */
    public boolean has(int featureBits) {
        return (features & featureBits) == featureBits;
    }

    /** The same with another size of the shared area. */
    public DeviceSetConfiguration withBufferAreaSize(int bytes) {
        return new DeviceSetConfiguration(
                deviceCount,
                features,
                prefixZoneSize,
                alignment,
                softFileMarkBlockSize,
                eomWarningSize,
                serverTimeOut,
                blockSize,
                maxIoDepth,
                maxTransferSize,
                bytes);
    }
}
