package dev.sluice.vdi.jna.client;

import org.jspecify.annotations.Nullable;

/**
 * The calls of one native client device set object and its devices, as the library has them
 * (vdi-facts B.2, B.3 and D). Memory is passed by address; each method but the releases returns the
 * library's number, 0 for success and an HRESULT otherwise, and throws nothing because of it.
 *
 * <p>Nothing is guarded here: the caller sees to it that no address is used after {@link #close()},
 * that calls have left before it, and that {@link #release()} is the last call. Within these rules
 * every method may be called from any thread.
 */
public interface ClientBinding {

    /** A time-out that never elapses. */
    long INFINITE = -1;

    /**
     * {@code CreateEx}.
     *
     * @param instanceName the bare instance name; null for the default
     * @param configuration address of a VDConfig, read and perhaps changed
     */
    int create(@Nullable String instanceName, String setName, long configuration);

    /**
     * {@code GetConfiguration}.
     *
     * @param timeoutMillis 0 to look, {@link #INFINITE}, or at least 1
     * @param configuration address of a VDConfig, written on success
     */
    int getConfiguration(long timeoutMillis, long configuration);

    /**
     * {@code OpenDevice}.
     *
     * @param device address of a pointer, written with the device, or 0 on failure
     */
    int openDevice(String name, long device);

    /** {@code OpenInSecondaryEx}. */
    int openInSecondary(@Nullable String instanceName, String setName);

    /**
     * {@code GetBufferHandle}.
     *
     * @param buffer an address that a Read or Write carried
     * @param handle address of 4 bytes, written on success
     */
    int getBufferHandle(long buffer, long handle);

    /**
     * {@code MapBufferHandle}.
     *
     * @param buffer address of a pointer, written on success
     */
    int mapBufferHandle(int handle, long buffer);

    /** {@code SignalAbort}. */
    int signalAbort();

    /** {@code Close}. Devices are dead after it. */
    int close();

    /**
     * {@code GetCommand}.
     *
     * @param device as {@link #openDevice} wrote it
     * @param timeoutMillis 0 to poll, {@link #INFINITE}, or at least 1
     * @param command address of a pointer, written on success with the address of a VDC_Command
     */
    int getCommand(long device, long timeoutMillis, long command);

    /**
     * {@code CompleteCommand}.
     *
     * @param command as {@link #getCommand} wrote it: the token of completion
     */
    int completeCommand(
            long device, long command, int completionCode, int bytesTransferred, long position);

    /**
     * Gives up the reference to a device where the library counts them; before {@link #close()}.
     */
    void releaseDevice(long device);

    /** Ends the native object; after {@link #close()}, or when {@link #create} failed. */
    void release();
}
