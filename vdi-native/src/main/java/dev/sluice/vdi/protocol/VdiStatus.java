package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

/**
 * What a call of the interface returns: NOERROR and the VD_E codes (vdi-facts section L). Numbers
 * are HRESULTs of facility 0x77; two codes have no published number and carry private ones, which
 * never cross the native interface. Causes and remedies are those of sections B, H, K and M; where
 * they depend on the call, {@link CodeExplanations} knows better.
 */
public enum VdiStatus {
    /** Success. */
    NOERROR(0, "NOERROR"),
    /** The object was not open. */
    NOT_OPEN(0x80770002, "VD_E_NOTOPEN"),
    /** The wait interval elapsed; nothing changed. */
    TIMEOUT(0x80770003, "VD_E_TIMEOUT"),
    /** Either end aborted; only termination is possible. */
    ABORT(0x80770004, "VD_E_ABORT"),
    /** The security environment could not be made. */
    SECURITY(0x80770005, "VD_E_SECURITY"),
    /** A parameter is invalid. */
    INVALID(0x80770006, "VD_E_INVALID"),
    /** The instance name is not recognised. */
    INSTANCE_NAME(0x80770007, "VD_E_INSTANCE_NAME"),
    /** The configuration is invalid or not supported. */
    NOT_SUPPORTED(0x80770009, "VD_E_NOTSUPPORTED"),
    /** Out of memory. */
    MEMORY(0x8077000A, "VD_E_MEMORY"),
    /** An internal error. */
    UNEXPECTED(0x8077000B, "VD_E_UNEXPECTED"),
    /** The call is not valid in this state. */
    PROTOCOL(0x8077000C, "VD_E_PROTOCOL"),
    /** All devices are open, or devices are still open. */
    OPEN(0x8077000D, "VD_E_OPEN"),
    /** The object is closed: the normal end. */
    CLOSE(0x8077000E, "VD_E_CLOSE"),
    /** The resource is busy. */
    BUSY(0x8077000F, "VD_E_BUSY"),
    /** The device's queue is full. The number is ours: none is published. */
    QUEUE_FULL(0x80770010, "VD_E_QUEUE_FULL"),
    /** The device is in the IO-ERROR state. The number is ours: none is published. */
    IO_ERROR(0x80770011, "VD_E_IO_ERROR"),
    /**
     * A number that is none of the interface's own. Its symbol says so; the number is with the
     * exception, and {@link CodeExplanations} may still know it.
     */
    UNKNOWN(0x80770000, "");

    private final int hresult;
    private final String symbol;

    VdiStatus(int hresult, String symbol) {
        this.hresult = hresult;
        this.symbol = symbol;
    }

    /** The HRESULT. */
    public int hresult() {
        return hresult;
    }

    /** The name in vdierror.h, such as {@code VD_E_ABORT}. */
    public String symbol() {
        return nameInWords().toString();
    }

    /** What it says wherever it comes from. */
    CodeExplanation explanation() {
        return CodeExplanation.of(nameInWords(), hresult, "status." + name());
    }

    private Said nameInWords() {
        return this == UNKNOWN ? Said.of("status.UNKNOWN.name") : Said.asIs(symbol);
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
