package dev.sluice.job;

/** A job cannot go on. The message says what was attempted, what is wrong, and what to do. */
public class JobException extends Exception {

    private static final long serialVersionUID = 1;

    /** Which part of a request a refusal is about, so that it can stand beside it. */
    public enum About {
        /** All of it, several parts, or what a form has no field for. */
        REQUEST,
        /** The folder that a backup is to go to. */
        DESTINATION,
        /** The number of buffers, or their size. */
        BUFFERS
    }

    private final About about;

    JobException(String message) {
        this(About.REQUEST, message);
    }

    JobException(About about, String message) {
        super(message);
        this.about = about;
    }

    JobException(String message, Throwable cause) {
        super(message, cause);
        this.about = About.REQUEST;
    }

    /** Which part of the request it is about. */
    public About about() {
        return about;
    }
}
