package dev.sluice.ui.common;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in the words people use. */
public final class Ages {

    private Ages() {}

    /** Such as {@code 5 min ago}. */
    public static String of(Instant then, Instant now, Texts texts) {
        Duration age = Duration.between(then, now);
        if (age.toMinutes() < 1) {
            return texts.get("age.now");
        }
        if (age.toHours() < 1) {
            return texts.get("age.minutes", age.toMinutes());
        }
        return age.toDays() < 2
                ? texts.get("age.hours", age.toHours())
                : texts.get("age.days", age.toDays());
    }
}
