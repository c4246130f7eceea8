package dev.sluice.vdi.protocol;

/**
 * What a call of the interface returns: NOERROR and the VD_E codes (vdi-facts section L). Numbers
 * are HRESULTs of facility 0x77; two codes have no published number and carry private ones, which
 * never cross the native interface.
 */
public enum VdiStatus {
    /** Success. */
    NOERROR(0, "success"),
    /** The object was not open. */
    NOT_OPEN(0x80770002, "VD_E_NOTOPEN", "the object was not open"),
    /** The wait interval elapsed; nothing changed. */
    TIMEOUT(0x80770003, "VD_E_TIMEOUT", "the wait interval elapsed"),
    /** Either end aborted; only termination is possible. */
    ABORT(0x80770004, "VD_E_ABORT", "an abort was requested; only termination is possible"),
    /** The security environment could not be made. */
    SECURITY(0x80770005, "VD_E_SECURITY", "the security environment could not be created"),
    /** A parameter is invalid. */
    INVALID(0x80770006, "VD_E_INVALID", "a parameter is invalid"),
    /** The instance name is not recognised. */
    INSTANCE_NAME(0x80770007, "VD_E_INSTANCE_NAME", "the instance name is not recognised"),
    /** The configuration is invalid or not supported. */
    NOT_SUPPORTED(0x80770009, "VD_E_NOTSUPPORTED", "the configuration is invalid or not supported"),
    /** Out of memory. */
    MEMORY(0x8077000A, "VD_E_MEMORY", "out of memory"),
    /** An internal error. */
    UNEXPECTED(0x8077000B, "VD_E_UNEXPECTED", "an internal error"),
    /** The call is not valid in this state. */
    PROTOCOL(0x8077000C, "VD_E_PROTOCOL", "the call is not valid in this state"),
    /** All devices are open, or devices are still open. */
    OPEN(0x8077000D, "VD_E_OPEN", "devices are open"),
    /** The object is closed: the normal end. */
    CLOSE(0x8077000E, "VD_E_CLOSE", "the device is closed, the normal end of a stream"),
    /** The resource is busy. */
    BUSY(0x8077000F, "VD_E_BUSY", "the resource is busy"),
    /** The device's queue is full. The number is ours: none is published. */
    QUEUE_FULL(0x80770010, "VD_E_QUEUE_FULL", "the device's command queue is full"),
    /** The device is in the IO-ERROR state. The number is ours: none is published. */
    IO_ERROR(0x80770011, "VD_E_IO_ERROR", "the device is in the IO-ERROR state until ClearError"),
    /**
     * A number that is none of the interface's own. Its symbol says so; the number is with the
     * exception.
     */
    UNKNOWN(0x80770000, "an unlisted status", "not a status of the Virtual Device Interface");

    private final int hresult;
    private final String symbol;
    private final String meaning;

    VdiStatus(int hresult, String meaning) {
        this(hresult, "NOERROR", meaning);
    }

    VdiStatus(int hresult, String symbol, String meaning) {
        this.hresult = hresult;
        this.symbol = symbol;
        this.meaning = meaning;
    }

    /** The HRESULT. */
    public int hresult() {
        return hresult;
    }

    /** The name in vdierror.h, such as {@code VD_E_ABORT}. */
    public String symbol() {
        return symbol;
    }

    /** A few words on what it says. */
    public String meaning() {
        return meaning;
    }

    /** The status with this number, or {@link #UNKNOWN}. */
    public static VdiStatus of(int hresult) {
        for (VdiStatus status : values()) {
            if (status.hresult == hresult) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
