package dev.sluice.job;

/**
 * A job under a name, to be run again.
 *
 * @param name what the user calls it: 1 to 100 characters, no control characters, no blank at
 *     either end
 * @param request what it does
 */
public record Profile(String name, JobRequest request) {

    /** Refuses names that could not be shown or kept. */
    public Profile {
        Names.check(name, "profile");
    }

    /** Who starts a run of it from the command line, as the history tells. */
    public String trigger() {
        return Triggers.profile(name);
    }

    /** The same for the window. */
    public String windowTrigger() {
        return Triggers.profileInWindow(name);
    }

    /** Whether a run of the history was started by this profile. */
    public boolean started(RunRecord run) {
        return run.trigger().equals(trigger()) || run.trigger().equals(windowTrigger());
    }
}
