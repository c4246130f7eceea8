package dev.sluice.ui.common;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the window has to tell aside from jobs: one notice at a time. FX thread. */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /**
     * A notice.
     *
     * @param error whether something failed
     * @param text what to tell
     * @param action what it leads to; null for nothing
     */
    public record Notice(boolean error, String text, @Nullable Action action) {}

    /**
     * What a notice leads to.
     *
     * @param name what the button says
     */
    public record Action(String name, Runnable run) {}

    private final Texts texts;
    private final ReadOnlyObjectWrapper<@Nullable Notice> current = new ReadOnlyObjectWrapper<>();

    /**
     * @param texts what failures are told in
     */
    public Notices(Texts texts) {
        this.texts = texts;
    }

    /** Tells that something was done. */
    public void info(String text) {
        current.set(new Notice(false, text, null));
    }

    /** Tells that something failed. */
    public void error(String text) {
        current.set(new Notice(true, text, null));
    }

    /** Tells of something to look at, and leads to it. */
    public void attention(String text, Action action) {
        current.set(new Notice(true, text, action));
    }

    /** Tells that something failed, and why; the details go to the log. */
    public void error(Exception failure) {
        LOG.warn("An action in the window failed", failure);
        error(texts.tell(failure));
    }

    /** Takes the notice away. */
    public void clear() {
        current.set(null);
    }

    /** The notice to show; null for none. */
    public ReadOnlyObjectProperty<@Nullable Notice> current() {
        return current.getReadOnlyProperty();
    }
}
