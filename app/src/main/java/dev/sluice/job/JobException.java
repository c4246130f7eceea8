package dev.sluice.job;

/** A job cannot go on. The message says what was attempted, what is wrong, and what to do. */
public class JobException extends Exception {

    private static final long serialVersionUID = 1;

    JobException(String message) {
        super(message);
    }

    JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
