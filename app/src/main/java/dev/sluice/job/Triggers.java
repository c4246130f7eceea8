package dev.sluice.job;

import dev.sluice.words.Told;

/**
 * Who or what starts and stops runs, as the history, the log and the manifests have it: in the same
 * words whatever language the window speaks.
 */
public final class Triggers {

    /** A form of the window starts a run. */
    public static final String WINDOW = "window";

    /** A command starts a run. */
    public static final String COMMAND_LINE = "command line";

    /** Somebody at the window stops a run. */
    public static final String USER = "the user";

    /** Sluice ends, and stops its runs. */
    public static final String END_OF_PROGRAM = "the end of the program";

    private static final String PROFILE = "profile ";
    private static final String PROFILE_IN_WINDOW = WINDOW + ", " + PROFILE;

    private Triggers() {}

    /** A command starts a profile. */
    static String profile(String name) {
        return PROFILE + name;
    }

    /** Somebody at the window starts a profile. */
    static String profileInWindow(String name) {
        return PROFILE_IN_WINDOW + name;
    }

    /** The name of the profile that a run was started by; empty when it was none. */
    public static String profileIn(String trigger) {
        if (trigger.startsWith(PROFILE_IN_WINDOW)) {
            return trigger.substring(PROFILE_IN_WINDOW.length());
        }
        return trigger.startsWith(PROFILE) ? trigger.substring(PROFILE.length()) : "";
    }

    /** By whom or what a run is stopped. */
    static Told by(String who) {
        return switch (who) {
            case USER -> Told.of("by.user");
            case END_OF_PROGRAM -> Told.of("by.end");
            default -> Told.of("by.other", who);
        };
    }

    /** Whether this tells by whom or what a run is stopped; older histories have but the words. */
    static boolean isBy(Told told) {
        return switch (told) {
            case Told.Sentence sentence -> sentence.key().startsWith("by.");
            case Told.AsIs(String words) -> words.startsWith("by ");
            case Told.Joined _ -> false;
        };
    }

    /** Whether the window started a run, with a form or a profile. */
    public static boolean isWindow(String trigger) {
        return trigger.equals(WINDOW) || trigger.startsWith(PROFILE_IN_WINDOW);
    }
}
