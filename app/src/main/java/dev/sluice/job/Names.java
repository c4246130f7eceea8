package dev.sluice.job;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

/** The rule for names that people give: 1 to 100 characters that can be shown in one line. */
final class Names {

    private static final int LONGEST = 100;

    private Names() {}

    /**
     * Refuses names that could not be shown or kept.
     *
     * @param what what is named, such as {@code profile}
     */
    static void check(String name, String what) {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new RefusedValueException(Told.of("value.name", name, what, LONGEST));
        }
        if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValueException(Told.of("value.name.blank", what));
        }
    }
}
