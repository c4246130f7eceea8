package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

import java.util.Map;
import java.util.Set;

/**
 * What the numbers of the Virtual Device Interface mean, why they usually come, and what to do
 * (vdi-facts sections B, K, L and M). A number that no public source names is said to be unknown;
 * nothing is guessed. Stateless.
 */
public final class CodeExplanations {

    private static final int FROM_WIN32 = 0x80070000;
    private static final int FACILITY = 0xFFFF0000;

    /**
     * The calls from which a status says more than the status alone, by their names without a final
     * Ex, which Linux does not have.
     */
    static final Map<VdiStatus, Set<String>> AT_CALLS =
            Map.of(
                    VdiStatus.PROTOCOL, Set.of("Create", "OpenDevice", "OpenInSecondary"),
                    VdiStatus.INVALID, Set.of("Create", "OpenDevice", "CompleteCommand", "Open"),
                    VdiStatus.TIMEOUT, Set.of("GetConfiguration"),
                    VdiStatus.ABORT, Set.of("GetConfiguration", "OpenDevice"));

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
        CodeExplanation anywhere = status.explanation();
        String name = call.endsWith("Ex") ? call.substring(0, call.length() - 2) : call;
        if (!AT_CALLS.getOrDefault(status, Set.of()).contains(name)) {
            return anywhere;
        }
        String key = "status.%s.%s".formatted(status.name(), name);
        return new CodeExplanation(
                anywhere.name(),
                anywhere.number(),
                anywhere.meaning(),
                Said.of(key + ".cause"),
                Said.of(key + ".toDo"));
    }

    private static CodeExplanation fromWin32(int hresult) {
        int number = hresult & ~FACILITY;
        String hex = "0x%X".formatted(number);
        CompletionCode known = CompletionCode.of(number);
        boolean isKnown = known != CompletionCode.UNKNOWN;
        return new CodeExplanation(
                Said.asIs("HRESULT_FROM_WIN32(%s)".formatted(isKnown ? known.symbol() : number)),
                hresult,
                isKnown
                        ? Said.of("win32", number, hex, known.explanation().meaning())
                        : Said.of("win32.unlisted", number, hex),
                Said.of("win32.cause"),
                Said.of("win32.toDo", number));
    }

    private static CodeExplanation unknown(int hresult) {
        CodeExplanation unknown = VdiStatus.UNKNOWN.explanation();
        return new CodeExplanation(
                unknown.name(),
                hresult,
                Said.of("status.decimal", unknown.meaning(), hresult),
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
