package dev.sluice.sql;

/**
 * The statements by which a job keeps others out of a database that it restores. The session must
 * not use that database itself: {@link #LEAVE} first.
 */
public final class DatabaseAccess {

    /** Makes master the session's database. */
    public static final String LEAVE = "USE master";

    private DatabaseAccess() {}

    /**
     * Closes every connection to a database, whose transactions are rolled back, and admits one.
     *
     * @param database its name, 1 to 128 characters
     */
    public static String close(String database) {
        return set(database, "SINGLE_USER WITH ROLLBACK IMMEDIATE");
    }

    /**
     * Lets a database admit again whom it admitted before. What is in the way of that is closed,
     * and its transactions rolled back: otherwise the statement waits for it, however long.
     *
     * @param database its name, 1 to 128 characters
     */
    public static String reopen(String database, UserAccess access) {
        return switch (access) {
            case MULTI_USER -> set(database, "MULTI_USER");
            case RESTRICTED_USER -> set(database, "RESTRICTED_USER WITH ROLLBACK IMMEDIATE");
            case SINGLE_USER -> close(database);
        };
    }

    private static String set(String database, String what) {
        TSql.checkName(database);
        return "ALTER DATABASE " + TSql.quoteName(database) + " SET " + what;
    }
}
