package dev.sluice.cli;

/** A command could not do what was asked for, for a reason its user can understand. */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String advice;

    /**
     * @param message what was attempted, on what, and why it failed
     * @param advice what to do; may be empty
     */
    CommandFailedException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do; may be empty. */
    String advice() {
        return advice;
    }
}
