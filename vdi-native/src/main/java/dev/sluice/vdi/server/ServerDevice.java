package dev.sluice.vdi.server;

import dev.sluice.vdi.VdiException;

/** The server's end of one device ({@code IServerVirtualDevice}). One thread per device. */
public interface ServerDevice {

    /** The device's public name. */
    String name();

    /**
     * Queues a command. The command's completion routine runs exactly once for each call, also when
     * the call fails: then with the failure's Win32 code, so that the routine is the single place
     * that deals with outcomes (vdi-facts B.6).
     *
     * <p>Read and Write carry an allocated buffer that no other command carries, and transfer whole
     * blocks; other commands carry none.
     *
     * @throws VdiException {@code VD_E_QUEUE_FULL}, {@code VD_E_IO_ERROR}, {@code VD_E_PROTOCOL}
     *     (also while no completion agent runs), {@code VD_E_ABORT}, {@code VD_E_INVALID} for a bad
     *     buffer or size; the routine has run all the same
     */
    void sendCommand(ServerCommand command) throws VdiException;

    /**
     * Closes the device; the client's next fetch sees {@code VD_E_CLOSE}. All its commands must
     * have completed.
     *
     * @throws VdiException {@code VD_E_CLOSE} when closed already, {@code VD_E_ABORT} in an aborted
     *     set, {@code VD_E_BUSY} when commands are outstanding
     */
    void closeDevice() throws VdiException;
}
