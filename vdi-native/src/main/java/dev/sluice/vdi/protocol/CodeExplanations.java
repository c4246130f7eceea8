package dev.sluice.vdi.protocol;

import java.util.List;

/**
 * What the numbers of the Virtual Device Interface mean, why they usually come, and what to do
 * (vdi-facts sections B, K, L and M). A number that no public source names is said to be unknown;
 * nothing is guessed. Stateless.
 */
public final class CodeExplanations {

    private static final int FROM_WIN32 = 0x80070000;
    private static final int FACILITY = 0xFFFF0000;

    /** Why a status comes from one particular call, where that says more than the status alone. */
    private record AtCall(VdiStatus status, String call, String likelyCause, String whatToDo) {

        boolean fits(VdiStatus met, String where) {
            return status == met && call.equals(where);
        }

        CodeExplanation explanation() {
            CodeExplanation general = status.explanation();
            return new CodeExplanation(
                    general.name(), general.number(), general.meaning(), likelyCause, whatToDo);
        }
    }

    /** By the names of the calls without a final Ex, which Linux does not have. */
    private static final List<AtCall> AT_CALLS =
            List.of(
                    new AtCall(
                            VdiStatus.PROTOCOL,
                            "Create",
                            "Another process has a set of this name, or this object holds a set"
                                    + " already.",
                            "Use a name that is unique on the machine, such as one with a GUID."),
                    new AtCall(
                            VdiStatus.INVALID,
                            "Create",
                            "The set's name is empty or has a backslash in it.",
                            "Use another name."),
                    new AtCall(
                            VdiStatus.TIMEOUT,
                            "GetConfiguration",
                            "The server has not attached to the set: it is busy, the statement"
                                    + " failed before it came to its devices, the login is no"
                                    + " member of sysadmin, or the statement went to another"
                                    + " instance than the set was created for.",
                            "Look at the statement's own messages first. Check that the login is a"
                                    + " member of sysadmin and that both name the same instance;"
                                    + " give a busy server more time."),
                    new AtCall(
                            VdiStatus.ABORT,
                            "GetConfiguration",
                            "The server refused the configuration or could not get the buffers.",
                            "Look at the statement's messages. If they speak of memory, ask for"
                                    + " fewer buffers or for smaller transfers."),
                    new AtCall(
                            VdiStatus.ABORT,
                            "OpenDevice",
                            "One end could not map the buffers of the other. On Linux the accounts"
                                    + " of client and server are not in each other's group; in a"
                                    + " container /dev/shm is too small or not shared. A 32-bit"
                                    + " process may have no gap as large in its address space.",
                            "On Linux put the client's account into group mssql and mssql into the"
                                    + " client's group, and restart both. In a container have a"
                                    + " /dev/shm of at least 1 GB (docker run --shm-size 1g) and"
                                    + " set memory.enablecontainersharedmemory to true with"
                                    + " mssql-conf. Otherwise ask for smaller transfers."),
                    new AtCall(
                            VdiStatus.INVALID,
                            "OpenDevice",
                            "The statement does not name a device of this name.",
                            "Let the statement name the very devices that the client opens; the"
                                    + " first has the set's own name."),
                    new AtCall(
                            VdiStatus.PROTOCOL,
                            "OpenDevice",
                            "This device is open already, or the set is not configured or has"
                                    + " ended.",
                            "Run it again. If it comes back, report it with the client's log."),
                    new AtCall(
                            VdiStatus.PROTOCOL,
                            "OpenInSecondary",
                            "The primary client has not come past GetConfiguration yet, or there"
                                    + " is no set of this name; case matters.",
                            "Attach when the primary client has its configuration."),
                    new AtCall(
                            VdiStatus.INVALID,
                            "CompleteCommand",
                            "The command is not active: it was completed before, or another"
                                    + " process fetched it.",
                            "Report it with the client's log."),
                    new AtCall(
                            VdiStatus.INVALID,
                            "Open",
                            "There is no set of this name that the server may use: it was not"
                                + " created, is gone, or on Linux keeps the server's group out.",
                            "Create the set before the statement is sent. On Linux let the umask"
                                    + " keep the group's bits while it is created."));

    private CodeExplanations() {}

    /** What a call returned, in words that fit any call. */
    public static CodeExplanation ofHresult(int hresult) {
        return ofHresult(hresult, "");
    }

    /**
     * What a call returned.
     *
     * @param call the call's name in the specification, such as {@code GetConfiguration}; empty
     *     when not known
     */
    public static CodeExplanation ofHresult(int hresult, String call) {
        VdiStatus status = VdiStatus.of(hresult);
        if (status != VdiStatus.UNKNOWN) {
            return ofStatus(status, call);
        }
        for (ComStatus known : ComStatus.values()) {
            if (known.hresult() == hresult) {
                return known.explanation();
            }
        }
        return (hresult & FACILITY) == FROM_WIN32 ? fromWin32(hresult) : unknown(hresult);
    }

    private static CodeExplanation ofStatus(VdiStatus status, String call) {
        String name = call.endsWith("Ex") ? call.substring(0, call.length() - 2) : call;
        return AT_CALLS.stream()
                .filter(known -> known.fits(status, name))
                .findFirst()
                .map(AtCall::explanation)
                .orElse(status.explanation());
    }

    private static CodeExplanation fromWin32(int hresult) {
        int number = hresult & ~FACILITY;
        CompletionCode known = CompletionCode.of(number);
        boolean isKnown = known != CompletionCode.UNKNOWN;
        return new CodeExplanation(
                "HRESULT_FROM_WIN32(%s)".formatted(isKnown ? known.symbol() : number),
                hresult,
                "Windows error %d (0x%X): %s"
                        .formatted(number, number, isKnown ? known.meaning() : "not a listed one"),
                "A call of Windows inside the library failed.",
                ("Look the number up with \"net helpmsg %d\", and look into the Windows"
                                + " application event log, source SQLVDI.")
                        .formatted(number));
    }

    private static CodeExplanation unknown(int hresult) {
        CodeExplanation unknown = VdiStatus.UNKNOWN.explanation();
        return new CodeExplanation(
                unknown.name(),
                hresult,
                "%s (decimal %d)".formatted(unknown.meaning(), hresult),
                unknown.likelyCause(),
                unknown.whatToDo());
    }

    /** The Win32 code a command was completed with. */
    public static CodeExplanation ofCompletion(int number) {
        CodeExplanation known = CompletionCode.of(number).explanation();
        return new CodeExplanation(
                known.name(), number, known.meaning(), known.likelyCause(), known.whatToDo());
    }
}
