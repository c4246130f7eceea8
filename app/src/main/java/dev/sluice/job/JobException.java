package dev.sluice.job;

import dev.sluice.words.Teller;
import dev.sluice.words.Told;

/** A job cannot go on. The message says what was attempted, what is wrong, and what to do. */
public class JobException extends Exception implements Teller {

    private static final long serialVersionUID = 1;

    /** Which part of a request a refusal is about, so that it can stand beside it. */
    public enum About {
        /** All of it, several parts, or what a form has no field for. */
        REQUEST,
        /** The folder that a backup is to go to. */
        DESTINATION,
        /** The number of buffers, or their size. */
        BUFFERS,
        /** The type of a backup. */
        TYPE,
        /** The compression of a backup. */
        COMPRESSION
    }

    private final About about;
    private final transient Told told;

    JobException(Told told) {
        this(About.REQUEST, told);
    }

    JobException(About about, Told told) {
        super(told.english());
        this.about = about;
        this.told = told;
    }

    JobException(Told told, Throwable cause) {
        super(told.english(), cause);
        this.about = About.REQUEST;
        this.told = told;
    }

    /** Which part of the request it is about. */
    public About about() {
        return about;
    }

    @Override
    public Told told() {
        return told;
    }
}
