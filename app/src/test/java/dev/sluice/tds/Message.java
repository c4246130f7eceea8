package dev.sluice.tds;

/**
 * A message for the client: an ERROR token when its severity (its class, in the specification) is
 * above 10, an INFO token otherwise.
 *
 * @param number such as 3014
 * @param severity 0 to 25
 * @param state 0 to 255
 * @param text at most 2,047 characters with SQL Server
 * @param procedure the stored procedure it comes from; empty for none
 * @param line of the batch or procedure, from 1
 */
public record Message(
        int number, int severity, int state, String text, String procedure, int line) {

    public Message(int number, int severity, int state, String text) {
        this(number, severity, state, text, "", 1);
    }

    /** 18456. SQL Server tells the client state 1 only; the true one is in its own log. */
    public static Message loginFailed(String user) {
        return new Message(18456, 14, 1, "Login failed for user '" + user + "'.");
    }

    boolean isError() {
        return severity > 10;
    }
}
