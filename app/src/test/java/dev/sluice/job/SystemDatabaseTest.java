package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemDatabaseTest {

    @ParameterizedTest
    @CsvSource({
        "tempdb, tempdb, makes it anew",
        "Master, master, single-user mode",
        "master, Sales, single-user mode",
        "msdb, Sales, is the server's own",
        "MODEL, msdb, is the server's own"
    })
    void isNotRestoredFromThis(String target, String held, String why) {
        assertThatThrownBy(() -> SystemDatabase.check(target, held))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"msdb, msdb", "model, MODEL", "Copy, master", "masters, Sales"})
    void isRestoredFromThis(String target, String held) {
        assertThatCode(() -> SystemDatabase.check(target, held)).doesNotThrowAnyException();
    }

    @Test
    void isRestoredOnTheVersionItComesFromOnly() throws Exception {
        RestoreStep step =
                new Headers()
                        .add(Headers.FULL, 1, 2)
                        .steps(RestoreRequest.Options.PLAIN)
                        .getFirst();
        assertThatThrownBy(() -> SystemDatabase.checkVersion("msdb", step, 15, 16))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll("/1 was made by version 15", "of version 16", "msdb");
        SystemDatabase.checkVersion("msdb", step, 16, 16);
        SystemDatabase.checkVersion("msdb", step, 0, 16);
        SystemDatabase.checkVersion("Copy", step, 15, 16);
    }
}
