package dev.sluice.job;

import dev.sluice.vdi.protocol.CodeExplanation;
import dev.sluice.words.Told;

/**
 * A number of the Virtual Device Interface or the operating system, as it is told.
 *
 * @param name such as {@code ERROR_DISK_FULL}
 * @param number an HRESULT, or a Win32 code
 * @param inWords name, number and meaning
 * @param likelyCause in sentences
 * @param whatToDo in sentences
 */
record KnownCode(Told name, int number, Told inWords, Told likelyCause, Told whatToDo) {

    static KnownCode of(CodeExplanation code) {
        return new KnownCode(
                Told.of(code.name()),
                code.number(),
                Told.of(code.said()),
                Told.of(code.likelyCause()),
                Told.of(code.whatToDo()));
    }

    /** The number as messages of the server have it. */
    String asServersHaveIt() {
        return number < 0 ? "0x%X".formatted(number) : String.valueOf(number);
    }
}
