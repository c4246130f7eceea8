package dev.sluice.ui.common;

import dev.sluice.job.DrainStep;
import dev.sluice.job.Triggers;

/** Who or what started and stopped a run, in the language of the window. */
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

    /** What a step of the drain tells, which for the first is who asked for it. */
    public static String detail(DrainStep step, Texts texts) {
        return switch (step.detail()) {
            case "by " + Triggers.USER -> texts.get("trigger.byUser");
            case "by " + Triggers.END_OF_PROGRAM -> texts.get("trigger.byEnd");
            default -> step.detail();
        };
    }
}
