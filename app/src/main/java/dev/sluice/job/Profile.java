package dev.sluice.job;

/**
 * A job under a name, to be run again.
 *
 * @param name what the user calls it: 1 to 100 characters, no control characters, no blank at
 *     either end
 * @param request what it does
 */
public record Profile(String name, JobRequest request) {

    private static final int LONGEST = 100;

    /** Refuses names that could not be shown or kept. */
    public Profile {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name for a profile: 1 to %d characters".formatted(name, LONGEST));
        }
        if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name of a profile has no blank at its ends and no control characters");
        }
    }
}
