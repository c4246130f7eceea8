package dev.sluice.job;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the user of the window prefers.
 *
 * @param theme how the window looks
 * @param language an IETF language tag; empty for the system's language
 * @param backupFolder the folder that a new backup is proposed to go to; null for the one that the
 *     last backup went to
 * @param devices the number of devices that is proposed, 1 to 64
 * @param overdueHours a database without a backup for longer than this many hours is overdue, 1 to
 *     {@value #MOST_HOURS}
 * @param historyDays how many days a run stays in the history, up to {@value #MOST_DAYS}; 0 for
 *     ever
 * @param textPercent the size of texts, 75 to 200 per cent of the usual
 * @param silentSuccess whether only the end of a run that did not succeed is announced
 */
public record Settings(
        Theme theme,
        String language,
        @Nullable Path backupFolder,
        int devices,
        int overdueHours,
        int historyDays,
        int textPercent,
        boolean silentSuccess) {

    /** A hundred years. */
    public static final int MOST_DAYS = 36_500;

    /** A year. */
    public static final int MOST_HOURS = 8_784;

    /** As long as nobody has chosen anything. */
    public static final Settings DEFAULT =
            new Settings(Theme.SYSTEM, "", null, 4, 24, 0, 100, false);

    /** How the window looks. */
    public enum Theme {
        /** As the desktop does. */
        SYSTEM,
        /** Dark on light. */
        LIGHT,
        /** Light on dark. */
        DARK
    }

    /** Refuses numbers out of range. */
    public Settings {
        check("devices", devices, 1, 64);
        check("overdueHours", overdueHours, 1, MOST_HOURS);
        check("historyDays", historyDays, 0, MOST_DAYS);
        check("textPercent", textPercent, 75, 200);
    }

    /** When a database counts as well backed up. */
    public BackupRule backupRule() {
        return new BackupRule(Duration.ofHours(overdueHours));
    }

    private static void check(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "%s is %d where %d to %d belongs".formatted(what, number, least, most));
        }
    }
}
