package dev.sluice.vdi.protocol;

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
        String name, int number, String meaning, String likelyCause, String whatToDo) {

    /** The number as Microsoft's documentation writes it, such as {@code 0x80770004}. */
    public String hex() {
        return "0x%X".formatted(number);
    }

    /**
     * Name, number and meaning, such as {@code VD_E_ABORT (0x80770004): an abort was requested};
     * small numbers in decimal, too.
     */
    @Override
    public String toString() {
        String numbers = number < 0 ? hex() : number + ", " + hex();
        return "%s (%s): %s".formatted(name, numbers, meaning);
    }
}
