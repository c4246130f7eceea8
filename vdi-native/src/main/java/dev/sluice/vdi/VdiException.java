package dev.sluice.vdi;

import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.vdi.protocol.CodeExplanations;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

/**
 * A call of the Virtual Device Interface did not return NOERROR. The message names the call, what
 * it was made on, and the status by name and hex; {@link #explanation()} says more. With VD_E_CLOSE
 * it tells of a device's normal end, which is neither a failure nor a success.
 */
public final class VdiException extends Exception {

    private static final long serialVersionUID = 1;

    private final String call;
    private final VdiStatus status;
    private final int hresult;
    private final transient Said said;

    /**
     * @param operation the call by its name in the specification and what it was made on, such as
     *     {@code OpenDevice "x"}
     * @param status the status
     */
    public VdiException(Said operation, VdiStatus status) {
        this(operation, status, status.hresult());
    }

    /**
     * @param operation the call by its name in the specification and what it was made on
     * @param hresult the number the library returned, known or not
     */
    public VdiException(Said operation, int hresult) {
        this(operation, VdiStatus.of(hresult), hresult);
    }

    /**
     * @param operation the call by its name in the specification and what it was made on
     * @param status the status
     * @param cause what exactly was wrong, as a part of a sentence
     */
    public VdiException(Said operation, VdiStatus status, Said cause) {
        this(
                operation,
                status,
                status.hresult(),
                Said.of("detailed", said(operation, status.hresult()), cause));
    }

    private VdiException(Said operation, VdiStatus status, int hresult) {
        this(operation, status, hresult, said(operation, hresult));
    }

    private VdiException(Said operation, VdiStatus status, int hresult, Said said) {
        super(said.toString());
        this.call = call(operation);
        this.status = status;
        this.hresult = hresult;
        this.said = said;
    }

    /** The status; {@link VdiStatus#UNKNOWN} when the number is none of the interface's. */
    public VdiStatus status() {
        return status;
    }

    /** The number as returned. */
    public int hresult() {
        return hresult;
    }

    /** What the number means, why this call usually returns it, and what to do. */
    public CodeExplanation explanation() {
        return CodeExplanations.ofHresult(hresult, call);
    }

    /** The name alone, without what the call was made on. */
    private static String call(Said operation) {
        return operation.toString().split(" ", 2)[0];
    }

    private static Said said(Said operation, int hresult) {
        Said code = CodeExplanations.ofHresult(hresult, call(operation)).said();
        return hresult == VdiStatus.CLOSE.hresult()
                ? Said.of("ended", operation, code)
                : Said.of("failed", operation, code);
    }

    /** The message, to be said in any language. */
    public Said said() {
        return said;
    }
}
