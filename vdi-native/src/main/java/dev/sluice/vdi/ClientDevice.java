package dev.sluice.vdi;

import org.jspecify.annotations.Nullable;

/**
 * The client's end of one virtual device ({@code IClientVirtualDevice}): an ordered stream with a
 * queue of commands. One thread at a time fetches; any thread may complete.
 */
public interface ClientDevice {

    /** The name under which the device was opened. */
    String name();

    /**
     * Fetches the next command ({@code GetCommand}).
     *
     * @param timeoutMillis how long to wait; 0 polls, {@link ClientDeviceSet#INFINITE} waits for
     *     ever
     * @return the command, now in the caller's hands until completed, or null when the time elapsed
     *     ({@code VD_E_TIMEOUT}, which changes nothing)
     * @throws VdiException {@code VD_E_CLOSE} when the server closed the device: the normal end,
     *     not a verdict; {@code VD_E_ABORT} when either end aborted; {@code VD_E_BUSY} where the
     *     provider refuses a second thread that fetches at the same time
     */
    @Nullable Command getCommand(long timeoutMillis) throws VdiException;

    /**
     * Gives a command back with its outcome ({@code CompleteCommand}); its buffer belongs to the
     * server from here on.
     *
     * @param command one that this device delivered and that is not completed yet
     * @param completionCode a Win32 status, 0 for success; see {@link
     *     dev.sluice.vdi.protocol.CompletionCode}
     * @param bytesTransferred for Read and Write: bytes moved, 0 to {@link Command#size()};
     *     otherwise 0
     * @param position for GetPosition and SetPosition; otherwise 0
     * @throws VdiException {@code VD_E_INVALID} for a command that is not active, {@code
     *     VD_E_ABORT}
     */
    void completeCommand(Command command, int completionCode, int bytesTransferred, long position)
            throws VdiException;
}
