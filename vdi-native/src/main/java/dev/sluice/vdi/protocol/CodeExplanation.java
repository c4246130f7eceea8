package dev.sluice.vdi.protocol;

import dev.sluice.vdi.words.Said;

/**
 * A number that a call returned or a command was completed with, in words. Immutable; made by
 * {@link CodeExplanations}.
 *
 * @param name the name in Microsoft's headers, such as {@code VD_E_ABORT}; for a number nobody
 *     published, words that say so
 * @param number the number: an HRESULT, or a Win32 code
 * @param meaning what it says, as the end of a sentence
 * @param likelyCause why it usually comes, in sentences
 * @param whatToDo what helps, in sentences
 */
public record CodeExplanation(
        Said name, int number, Said meaning, Said likelyCause, Said whatToDo) {

    /**
     * One whose words are those of a key.
     *
     * @param key such as {@code status.ABORT}
     */
    static CodeExplanation of(Said name, int number, String key) {
        return new CodeExplanation(
                name, number, Said.of(key), Said.of(key + ".cause"), Said.of(key + ".toDo"));
    }

    /** The number as Microsoft's documentation writes it, such as {@code 0x80770004}. */
    public String hex() {
        return "0x%X".formatted(number);
    }

    /**
     * Name, number and meaning, such as {@code VD_E_ABORT (0x80770004): an abort was requested};
     * small numbers in decimal, too.
     */
    public Said said() {
        return Said.of("code", name, number < 0 ? hex() : number + ", " + hex(), meaning);
    }

    /** The same in English. */
    @Override
    public String toString() {
        return said().toString();
    }
}
