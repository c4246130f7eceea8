package dev.sluice.vdi.server;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * The server's end of a virtual device set ({@code IServerVirtualDeviceSet2}). Every method may be
 * called from any thread. Statuses are those of vdi-facts B.4; the states are those of table E.2.
 */
public interface ServerDeviceSet {

    /**
     * Attaches to the set a client created.
     *
     * @param instanceName null for the default instance
     * @param setName the name in the statement's first VIRTUAL_DEVICE clause
     * @throws VdiException {@code VD_E_INVALID} when there is no such set, {@code VD_E_ABORT} when
     *     it is aborted, {@code VD_E_PROTOCOL} when this object is attached already or another
     *     server is
     */
    void open(@Nullable String instanceName, String setName) throws VdiException;

    /** What the client asked for, or, once configured, the final configuration. */
    DeviceSetConfiguration getConfiguration() throws VdiException;

    /**
     * Fixes the values of the set; the client learns them when {@link #endConfiguration()}
     * succeeds. The alignment is raised to the client's minimum.
     *
     * @throws VdiException {@code VD_E_INVALID} for values outside the rules of vdi-facts section
     *     H, for features that do not say exactly one direction, or for Complete when the client
     *     did not ask for it
     */
    void beginConfiguration(ServerConfiguration configuration) throws VdiException;

    /**
     * Asks for shared buffers. Before {@link #endConfiguration()} requests are summed; afterwards
     * each is an extra allocation.
     *
     * @param size bytes of data, without the prefix zone
     * @param alignment a power of two, or 0 for the set's own
     * @param count how many
     * @throws VdiException {@code VD_E_MEMORY} when they cannot be had
     */
    void requestBuffers(int size, int alignment, int count) throws VdiException;

    /** How many buffers of this size and alignment could be allocated now. */
    int queryAvailableBuffers(int size, int alignment) throws VdiException;

    /**
     * Allocates the buffer area and lets the client's wait for the configuration end.
     *
     * @throws VdiException {@code VD_E_MEMORY}: the state stays as it was, the server may ask for
     *     less
     */
    void endConfiguration() throws VdiException;

    /**
     * Opens the next device; call once per VIRTUAL_DEVICE clause, in order.
     *
     * @throws VdiException {@code VD_E_OPEN} when all devices are open
     */
    ServerDevice openDevice(String name) throws VdiException;

    /**
     * Lends the calling thread to the set: it runs the completion routine of each completed
     * command, and returns when the last device is closed and every routine has run, or after an
     * abort or close has been dealt with. Returns normally after a normal end.
     *
     * @throws VdiException {@code VD_E_ABORT} after an abort, {@code VD_E_PROTOCOL} when an agent
     *     is running already
     */
    default void executeCompletionAgent() throws VdiException {
        executeCompletionAgent(() -> {});
    }

    /**
     * As {@link #executeCompletionAgent()}. Commands may be sent only while an agent runs, and the
     * call does not return while it does: so it says when it has begun.
     *
     * @param whenRunning runs on the calling thread as soon as commands can be sent; must not block
     * @throws VdiException as {@link #executeCompletionAgent()}; {@code whenRunning} has not run
     *     when the call was refused
     */
    void executeCompletionAgent(Runnable whenRunning) throws VdiException;

    /**
     * Takes a shared buffer from the area. It belongs to the server until sent with a command.
     *
     * @throws VdiException {@code VD_E_MEMORY} when none of this size is free, {@code VD_E_INVALID}
     *     for a bad alignment or size
     */
    SharedBuffer allocateBuffer(int size, int alignment) throws VdiException;

    /** Gives a buffer back to the area; the same size as allocated. */
    void freeBuffer(SharedBuffer buffer, int size) throws VdiException;

    /** Whether this memory is a shared buffer of this set. */
    boolean isSharedBuffer(ByteBuffer buffer);

    /**
     * Aborts the set for both ends and returns at once; idempotent. Every outstanding command is
     * called back with 995.
     */
    void signalAbort() throws VdiException;

    /**
     * Releases everything, also when it fails.
     *
     * @throws VdiException {@code VD_E_PROTOCOL} when devices were still open: the set was aborted;
     *     or when there is no set
     */
    void close() throws VdiException;
}
