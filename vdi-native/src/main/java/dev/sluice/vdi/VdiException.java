package dev.sluice.vdi;

import dev.sluice.vdi.protocol.VdiStatus;

/**
 * A call of the Virtual Device Interface failed. Names the call, what it was made on, and the
 * status by name and hex.
 */
public final class VdiException extends Exception {

    private static final long serialVersionUID = 1;

    private final String operation;
    private final VdiStatus status;
    private final int hresult;

    /**
     * @param operation the call by its name in the specification and what it was made on, such as
     *     {@code OpenDevice "x"}
     * @param status the status
     */
    public VdiException(String operation, VdiStatus status) {
        this(operation, status, status.hresult());
    }

    /**
     * @param operation the call by its name in the specification and what it was made on
     * @param hresult the number the library returned, known or not
     */
    public VdiException(String operation, int hresult) {
        this(operation, VdiStatus.of(hresult), hresult);
    }

    /**
     * @param operation the call by its name in the specification and what it was made on
     * @param status the status
     * @param cause what exactly was wrong, in a sentence's words
     */
    public VdiException(String operation, VdiStatus status, String cause) {
        super(text(operation, status, status.hresult()) + ": " + cause);
        this.operation = operation;
        this.status = status;
        this.hresult = status.hresult();
    }

    private VdiException(String operation, VdiStatus status, int hresult) {
        super(text(operation, status, hresult));
        this.operation = operation;
        this.status = status;
        this.hresult = hresult;
    }

    /** The call by its name in the specification and what it was made on. */
    public String operation() {
        return operation;
    }

    /** The status; {@link VdiStatus#UNKNOWN} when the number is none of the interface's. */
    public VdiStatus status() {
        return status;
    }

    /** The number as returned. */
    public int hresult() {
        return hresult;
    }

    private static String text(String operation, VdiStatus status, int hresult) {
        return "%s failed: %s (0x%08X): %s"
                .formatted(operation, status.symbol(), hresult, status.meaning());
    }
}
