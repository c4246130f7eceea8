package dev.sluice.sql;

import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;

/**
 * What SQL Server's documentation of BACKUP and RESTORE allows. A refusal names the option, its
 * value and the rule.
 */
final class StatementRules {

    /** The most characters of a DESCRIPTION. */
    static final int MAX_DESCRIPTION_LENGTH = 255;

    /** The most characters of a path on the server. */
    static final int MAX_PATH_LENGTH = 259;

    // the years of the type datetime
    private static final int FIRST_YEAR = 1753;
    private static final int LAST_YEAR = 9999;

    private StatementRules() {}

    /**
     * Refuses an option that is given where the syntax has no place for it.
     *
     * @param option as it is written, with its value; empty when it is not given
     * @param rule why it is refused; a sentence that the option begins
     */
    static void refuse(String option, Told rule) {
        if (!option.isEmpty()) {
            throw new RefusedValueException(Told.row(Told.asIs(option), rule));
        }
    }

    /** As {@link #refuse(String, Told)}, for an option without a value. */
    static void refuse(boolean given, String option, Told rule) {
        refuse(given ? option : "", rule);
    }

    /** Refuses a list of device names that no device set can have; returns an own copy. */
    static List<String> checkDevices(List<String> devices) {
        if (devices.isEmpty() || devices.size() > DeviceSetConfiguration.MAX_DEVICES) {
            throw new IllegalArgumentException(
                    "%d devices: a device set has 1 to %d"
                            .formatted(devices.size(), DeviceSetConfiguration.MAX_DEVICES));
        }
        if (devices.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a virtual device has no name");
        }
        if (new HashSet<>(devices).size() != devices.size()) {
            throw new IllegalArgumentException("two virtual devices have one name: " + devices);
        }
        return List.copyOf(devices);
    }

    /** Refuses a percentage no server accepts; zero stands for "not given". */
    static void checkStats(int stats) {
        if (stats < 0 || stats > 100) {
            throw new IllegalArgumentException("STATS %d is not 0 to 100".formatted(stats));
        }
    }

    /** Refuses an empty name or one that is too long; returns an own copy of the list. */
    static List<String> checkNames(String option, List<String> names) {
        names.forEach(name -> checkText(option, name, 1, TSql.MAX_NAME_LENGTH));
        return List.copyOf(names);
    }

    /** Refuses an empty path or one that is too long. */
    static void checkPath(String option, String path) {
        checkText(option, path, 1, MAX_PATH_LENGTH);
    }

    /** Refuses a text with too few or too many characters. */
    static void checkText(String option, String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            throw new RefusedValueException(
                    Told.of("value.length", option, text, text.length(), least, most));
        }
    }

    /** Refuses a mark's name or the time after which it is looked for. */
    static void checkMark(String option, String mark, @Nullable LocalDateTime after) {
        checkText(option, mark, 1, TSql.MAX_NAME_LENGTH);
        if (after != null) {
            checkTime("AFTER", after);
        }
    }

    /** Refuses a time that the type datetime does not have. */
    static void checkTime(String option, LocalDateTime time) {
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new RefusedValueException(
                    Told.of(
                            "value.years",
                            option,
                            time.toString(),
                            Integer.toString(FIRST_YEAR),
                            Integer.toString(LAST_YEAR)));
        }
    }

    /** Whether a mark is a log sequence number. */
    static boolean isLsn(String mark) {
        return mark.startsWith("lsn:");
    }
}
