package dev.sluice.ui.common;

import dev.sluice.secret.Secret;

import javafx.beans.property.ReadOnlyIntegerProperty;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The questions the window asks. FX thread. */
public interface Prompts {

    /**
     * Whether to restore now.
     *
     * @param text what it does, and what it leaves behind
     */
    boolean restore(String text);

    /** Whether a running restore shall really be cancelled; says what that leaves behind. */
    boolean cancelRestore(String database);

    /** What to do with jobs that run when the window is to be closed. */
    enum Closing {
        /** The window goes away; the jobs run to their end. */
        GO_ON,
        /** They are cancelled; the window goes away when they have drained. */
        CANCEL,
        /** The window stays. */
        STAY
    }

    /**
     * What to do when the window is to be closed. When the last job ends meanwhile there is nothing
     * to ask any more: the answer is {@link Closing#GO_ON} then.
     *
     * @param running how many jobs run
     */
    Closing closing(ReadOnlyIntegerProperty running);

    /**
     * Tells of a defect of the window's code, and returns at once.
     *
     * @param closed what to do when the user has seen it
     */
    void crashed(CrashReport report, Runnable closed);

    /** The name under which to save a profile. */
    Optional<String> profileName(String proposal);

    /** Whether to delete a profile. */
    boolean deleteProfile(String name);

    /** Whether to remove what is left of a log backup, perhaps the only copy of that log. */
    boolean removeLog(Path folder);

    /** Whether an imported profile may take the place of one of the same name. */
    boolean replaceProfile(String name);

    /** Whether to remove a server. */
    boolean removeServer(String name);

    /**
     * A secret that nobody keeps; the caller wipes it.
     *
     * @param server the name of the one to sign in to with it
     */
    Optional<Secret> secret(String server);

    /**
     * A folder to choose.
     *
     * @param start where to begin, if there is such a folder
     */
    Optional<Path> folder(String start);

    /**
     * Files to read; none when nothing was chosen.
     *
     * @param title what they are for
     */
    List<Path> files(String title);

    /**
     * A file to write to; one that exists may be replaced.
     *
     * @param title what it is for
     * @param proposal its name, which ends in what it holds: {@code .csv} or {@code .sluice}
     */
    Optional<Path> saveFile(String title, String proposal);

    /**
     * A JSON file to read.
     *
     * @param title what it is for
     */
    Optional<Path> openFile(String title);
}
