package dev.sluice.vdi.protocol;

/**
 * What a call of the interface returns: NOERROR and the VD_E codes (vdi-facts section L). Numbers
 * are HRESULTs of facility 0x77; two codes have no published number and carry private ones, which
 * never cross the native interface. Causes and remedies are those of sections B, H, K and M; where
 * they depend on the call, {@link CodeExplanations} knows better.
 */
public enum VdiStatus {
    /** Success. */
    NOERROR(0, "NOERROR", "success", "The call did what it was asked for.", "Nothing."),
    /** The object was not open. */
    NOT_OPEN(
            0x80770002,
            "VD_E_NOTOPEN",
            "the object was not open",
            "The set or the device was never opened, or is closed already.",
            "Run it again. If it comes back, report it with the client's log."),
    /** The wait interval elapsed; nothing changed. */
    TIMEOUT(
            0x80770003,
            "VD_E_TIMEOUT",
            "the wait interval elapsed",
            "Nothing came within the time given; the set is as it was.",
            "Wait again, or longer."),
    /** Either end aborted; only termination is possible. */
    ABORT(
            0x80770004,
            "VD_E_ABORT",
            "an abort was requested; only termination is possible",
            "Either end called SignalAbort, or the process at the other end died.",
            "Look for what failed first: at this end in the client's log, at the other in the"
                    + " statement's messages and in the SQL Server error log."),
    /** The security environment could not be made. */
    SECURITY(
            0x80770005,
            "VD_E_SECURITY",
            "the security environment could not be created",
            "The account that runs the client lacks the right \"Create global objects\".",
            "Give the account that right (Local Security Policy, User Rights Assignment), or run"
                    + " the client as an administrator."),
    /** A parameter is invalid. */
    INVALID(
            0x80770006,
            "VD_E_INVALID",
            "a parameter is invalid",
            "The set does not know the name, the buffer or the command it was given.",
            "Run it again. If it comes back, report it with the client's log."),
    /** The instance name is not recognised. */
    INSTANCE_NAME(
            0x80770007,
            "VD_E_INSTANCE_NAME",
            "the instance name is not recognised",
            "The instance was given with its machine, is misspelt, or is not installed here.",
            "Name the instance alone, such as SQLEXPRESS and never HOST\\SQLEXPRESS, or none for"
                    + " the default one; run the client on the server's machine."),
    /** The configuration is invalid or not supported. */
    NOT_SUPPORTED(
            0x80770009,
            "VD_E_NOTSUPPORTED",
            "the configuration is invalid or not supported",
            "A field of the configuration is out of range, such as more than 64 devices, or the"
                    + " library does not know a feature asked for.",
            "Use 1 to 64 devices. If that is refused, too, report it with the client's log."),
    /** Out of memory. */
    MEMORY(
            0x8077000A,
            "VD_E_MEMORY",
            "out of memory",
            "The shared buffers, BUFFERCOUNT times MAXTRANSFERSIZE, do not fit; the address space"
                    + " of a 32-bit process may have no gap as large.",
            "Ask for fewer buffers or for smaller transfers."),
    /** An internal error. */
    UNEXPECTED(
            0x8077000B,
            "VD_E_UNEXPECTED",
            "an internal error",
            "Something failed inside the library; its code does not say what.",
            "Look into the Windows application event log, source SQLVDI, and into the SQL Server"
                    + " error log; then run it again."),
    /** The call is not valid in this state. */
    PROTOCOL(
            0x8077000C,
            "VD_E_PROTOCOL",
            "the call is not valid in this state",
            "The call came before the set was ready for it, or after the set's end.",
            "Run it again. If it comes back, report it with the client's log."),
    /** All devices are open, or devices are still open. */
    OPEN(
            0x8077000D,
            "VD_E_OPEN",
            "devices are open",
            "Every device of the set is open, or some had not seen their end.",
            "Nothing: after OpenDevice it is harmless, and Close has released everything."),
    /** The object is closed: the normal end. */
    CLOSE(
            0x8077000E,
            "VD_E_CLOSE",
            "the device is closed, the normal end of a stream",
            "The server has no more commands and closed the device, whether its statement succeeds"
                    + " or not.",
            "Nothing: it is no error. It is no success either; only the statement's end tells that"
                    + " (message 3014)."),
    /** The resource is busy. */
    BUSY(
            0x8077000F,
            "VD_E_BUSY",
            "the resource is busy",
            "Commands or calls that use it have not ended.",
            "Wait for their end and try again."),
    /** The device's queue is full. The number is ours: none is published. */
    QUEUE_FULL(
            0x80770010,
            "VD_E_QUEUE_FULL",
            "the device's command queue is full",
            "The server sends commands faster than the client completes them.",
            "Wait for a completion before the next command is sent."),
    /** The device is in the IO-ERROR state. The number is ours: none is published. */
    IO_ERROR(
            0x80770011,
            "VD_E_IO_ERROR",
            "the device is in the IO-ERROR state until ClearError",
            "The client completed an earlier command of this device with an error.",
            "Look for that error; the server goes on with ClearError or closes the device."),
    /**
     * A number that is none of the interface's own. Its symbol says so; the number is with the
     * exception, and {@link CodeExplanations} may still know it.
     */
    UNKNOWN(
            0x80770000,
            "an unlisted status",
            "not a status of the Virtual Device Interface",
            "Unknown: no public source names this number.",
            "Look into the Windows application event log, source SQLVDI, and into the SQL Server"
                    + " error log; then report the number.");

    private final int hresult;
    private final String symbol;
    private final String meaning;
    private final String likelyCause;
    private final String whatToDo;

    VdiStatus(int hresult, String symbol, String meaning, String likelyCause, String whatToDo) {
        this.hresult = hresult;
        this.symbol = symbol;
        this.meaning = meaning;
        this.likelyCause = likelyCause;
        this.whatToDo = whatToDo;
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

    /** What it says wherever it comes from. */
    CodeExplanation explanation() {
        return new CodeExplanation(symbol, hresult, meaning, likelyCause, whatToDo);
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
