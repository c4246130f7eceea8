package dev.sluice.vdi;

import dev.sluice.vdi.protocol.DeviceSetConfiguration;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The client's end of a virtual device set ({@code IClientVirtualDeviceSet2}): 1 to 64 devices, one
 * pool of shared buffers, one abort flag, one configuration.
 *
 * <p>Every method may be called from any thread, at any time, also concurrently. A method that
 * fails throws a {@link VdiException} whose status is one of those the specification lists for it
 * (vdi-facts B.2); a call that the state does not allow fails with {@code VD_E_PROTOCOL} and
 * changes nothing (table E.1).
 */
public interface ClientDeviceSet {

    /** A time-out that never elapses, as any negative one, for every method that takes one. */
    long INFINITE = -1;

    /**
     * Creates the set under a name ({@code CreateEx}). Must come before the BACKUP or RESTORE
     * statement that names it.
     *
     * @param instanceName the bare instance name, never {@code HOST\INSTANCE}; null for the default
     *     instance
     * @param setName case-sensitive, unique on the machine, no backslash
     * @param configuration what the client asks for; only the client's fields are read
     * @throws VdiException {@code VD_E_NOTSUPPORTED} for an invalid configuration, {@code
     *     VD_E_PROTOCOL} when this object holds a set already or the name is taken, {@code
     *     VD_E_INVALID} for a bad name
     */
    void create(@Nullable String instanceName, String setName, DeviceSetConfiguration configuration)
            throws VdiException;

    /**
     * Waits until the server has configured the set ({@code GetConfiguration}).
     *
     * @param timeoutMillis how long to wait; 0 only looks, {@link #INFINITE} waits for ever
     * @return the server's configuration, or null when the time elapsed ({@code VD_E_TIMEOUT}); the
     *     state is then unchanged
     * @throws VdiException {@code VD_E_ABORT} when either end aborted
     */
    @Nullable DeviceSetConfiguration getConfiguration(long timeoutMillis) throws VdiException;

    /**
     * Opens one device by the name the statement gave it; the first device has the set's own name.
     *
     * @throws VdiException {@code VD_E_OPEN} when every device is open already (benign), {@code
     *     VD_E_PROTOCOL} when this one is, {@code VD_E_INVALID} for an unknown name, {@code
     *     VD_E_ABORT}
     */
    ClientDevice openDevice(String name) throws VdiException;

    /**
     * Attaches this object to a set that another client object created and configured ({@code
     * OpenInSecondaryEx}).
     *
     * @throws VdiException {@code VD_E_PROTOCOL} when the set is not ready for secondaries, {@code
     *     VD_E_ABORT}
     */
    void openInSecondary(@Nullable String instanceName, String setName) throws VdiException;

    /**
     * A number for a shared buffer that is valid inside this set, also in a secondary client.
     *
     * @param buffer the very buffer that {@link Command#buffer()} returned
     * @throws VdiException {@code VD_E_INVALID} when it is no shared buffer of this set
     */
    int getBufferHandle(ByteBuffer buffer) throws VdiException;

    /**
     * The buffer behind a handle, valid until this object's {@link #close()}: direct, position 0,
     * limit and capacity the size asked for.
     *
     * @param handle as {@link #getBufferHandle} gave it, in this or another client of the set
     * @param size bytes to be accessed, at least 1: the size of the command whose buffer it is. The
     *     native call tells an address only, so this number bounds the access there
     * @throws VdiException {@code VD_E_INVALID} for a handle nobody gave out, or for a size that is
     *     not positive or, where the provider knows it, larger than the buffer
     */
    ByteBuffer mapBufferHandle(int handle, int size) throws VdiException;

    /**
     * Aborts the set for both ends and returns at once; idempotent. Commands in the client's hands
     * keep their buffers until {@link #close()}.
     *
     * @throws VdiException {@code VD_E_PROTOCOL} when there is no set
     */
    void signalAbort() throws VdiException;

    /**
     * Ends this object's part in the set. All device threads must have left their calls and all
     * commands must be completed: this method waits for the calls, over a native library for the
     * commands as well, so that a caller who still holds one would wait for itself. The memory of
     * the set cannot be reached through this API afterwards. The object may create another set.
     *
     * @throws VdiException {@code VD_E_OPEN} when devices were still open: the set was aborted, and
     *     everything was released all the same; {@code VD_E_PROTOCOL} when there is no set
     */
    void close() throws VdiException;

    /**
     * What the provider can tell about the inside of the set, for showing; empty where the library
     * does not tell.
     */
    Optional<DeviceSetObservation> observe();
}
