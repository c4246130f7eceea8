package dev.sluice.ui.common;

import dev.sluice.job.Triggers;

/** Who or what started a run, in the language of the window. */
public final class TriggerWords {

    private TriggerWords() {}

    /** Who or what started it; what is not known here, such as another program, stays as it is. */
    public static String started(String trigger, Texts texts) {
        String profile = Triggers.profileIn(trigger);
        if (!profile.isEmpty()) {
            return Triggers.isWindow(trigger)
                    ? texts.get("trigger.profileInWindow", profile)
                    : texts.get("trigger.profile", profile);
        }
        return switch (trigger) {
            case Triggers.WINDOW -> texts.get("trigger.window");
            case Triggers.COMMAND_LINE -> texts.get("trigger.commandLine");
            default -> trigger;
        };
    }
}
