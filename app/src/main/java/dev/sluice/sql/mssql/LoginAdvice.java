package dev.sluice.sql.mssql;

import dev.sluice.sql.SqlMessage;

/** What the ways mean in which SQL Server refuses a login, and what to do. */
final class LoginAdvice {

    private static final int LOGIN_FAILED = 18456;

    private LoginAdvice() {}

    /** A sentence or two; empty where the message says it all. */
    static String on(SqlMessage refusal) {
        return switch (refusal.number()) {
            case LOGIN_FAILED -> onState(refusal.state());
            case 4060 -> "The login has no access to master, or is not known there.";
            case 18401 -> "The server is being upgraded. Try again when it is done.";
            case 18452 ->
                    "The server takes no SQL logins, or does not trust the domain of this Windows"
                            + " account.";
            case 18461 ->
                    "The server runs in single-user mode, and somebody else is that user."
                            + " Disconnect them, or start it without -m.";
            case 18470 -> "The login is disabled. Enable it, or use another.";
            case 18486 -> "The login is locked after wrong passwords. Unlock it on the server.";
            case 18487, 18488 ->
                    "The password must be changed first, with a tool that can (such as SSMS).";
            default -> "";
        };
    }

    /** The states of 18456; a server tells a client no other than 1, unless it is told to. */
    private static String onState(int state) {
        return switch (state) {
            case 1 ->
                    "Check user name and password, and that the login is enabled. State 1 hides the"
                            + " reason; the server's error log has the message with the true one.";
            case 2, 5 -> "The server has no such login.";
            case 6 -> "A Windows account cannot log in with a password: use the kind windows.";
            case 7 -> "The login is disabled, and the password is wrong.";
            case 8, 9 -> "The password is wrong.";
            case 11, 12 -> "The login is valid, but may not connect: grant it CONNECT SQL.";
            case 18 -> "The password must be changed first.";
            case 38, 46 -> "The login's database could not be opened.";
            case 58 -> "The server takes Windows logins only.";
            default -> "Its error log tells the reason.";
        };
    }
}
