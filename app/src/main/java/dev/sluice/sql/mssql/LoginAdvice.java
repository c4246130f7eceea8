package dev.sluice.sql.mssql;

import dev.sluice.sql.SqlMessage;
import dev.sluice.words.Told;

/** What the ways mean in which SQL Server refuses a login, and what to do. */
final class LoginAdvice {

    private static final int LOGIN_FAILED = 18456;

    private LoginAdvice() {}

    /** A sentence or two; nothing where the message says it all. */
    static Told on(SqlMessage refusal) {
        return switch (refusal.number()) {
            case LOGIN_FAILED -> onState(refusal.state());
            case 4060 -> Told.of("login.noAccess");
            case 18401 -> Told.of("login.upgrade");
            case 18452 -> Told.of("login.windowsOnlyOrUntrusted");
            case 18461 -> Told.of("login.singleUser");
            case 18470 -> Told.of("login.disabled");
            case 18486 -> Told.of("login.locked");
            case 18487, 18488 -> Told.of("login.mustChange");
            default -> Told.NOTHING;
        };
    }

    /** The states of 18456; a server tells a client no other than 1, unless it is told to. */
    private static Told onState(int state) {
        return switch (state) {
            case 1 -> Told.of("login.state1");
            case 2, 5 -> Told.of("login.noLogin");
            case 6 -> Told.of("login.noPassword");
            case 7 -> Told.of("login.disabledAndWrong");
            case 8, 9 -> Told.of("login.wrongPassword");
            case 11, 12 -> Told.of("login.noConnect");
            case 18 -> Told.of("login.mustChangeFirst");
            case 38, 46 -> Told.of("login.noDatabase");
            case 58 -> Told.of("login.windowsOnly");
            default -> Told.of("login.reason");
        };
    }
}
