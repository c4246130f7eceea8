package dev.sluice.vdi.protocol;

/**
 * The states of one end of a device set (vdi-facts section E). Each end has its own state; an abort
 * moves both at once.
 */
public enum DeviceSetState {
    /** DNE: the object holds no set. */
    DOES_NOT_EXIST,
    /** Server only: attached to a client's set, nothing configured yet. */
    CONNECTED,
    /**
     * Client: created and waiting for the server. Server: values fixed, buffers being requested.
     */
    CONFIGURABLE,
    /** Configured; devices can be opened. */
    INITIALIZING,
    /** Devices are open (server: or the completion agent runs); commands flow. */
    ACTIVE,
    /** NT: every device was closed by the server, and the client has seen it. */
    NORMALLY_TERMINATED,
    /** Abort: either end aborted; only closing is left. */
    ABNORMALLY_TERMINATED
}
