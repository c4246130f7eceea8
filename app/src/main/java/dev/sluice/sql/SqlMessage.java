package dev.sluice.sql;

/**
 * A message of the server. Its text stays as the server wrote it.
 *
 * @param number such as 3014
 * @param severity 0 to 25; above 10 it is an error
 * @param state as sent
 * @param text as sent
 */
public record SqlMessage(int number, int severity, int state, String text) {

    /** BACKUP or RESTORE processed its pages successfully. */
    public static final int SUCCEEDED = 3014;

    /** BACKUP or RESTORE is terminating abnormally. */
    public static final int TERMINATED_ABNORMALLY = 3013;

    /** "n percent processed." */
    public static final int PERCENT_PROCESSED = 3211;

    /** Whether the message reports an error. */
    public boolean isError() {
        return severity > 10;
    }

    /** As SSMS shows it. */
    @Override
    public String toString() {
        return isError()
                ? "Msg %d, Level %d, State %d: %s".formatted(number, severity, state, text)
                : text;
    }
}
