package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.ServerFacts;

import org.jspecify.annotations.Nullable;
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

    private static RestoreStep madeBy(int major, int minor, @Nullable Integer build)
            throws JobException {
        return new Headers()
                .add(Headers.FULL, 1, 2)
                .with("SoftwareVersionMajor", major)
                .with("SoftwareVersionMinor", minor)
                .with("SoftwareVersionBuild", build)
                .steps(RestoreRequest.Options.PLAIN)
                .getFirst();
    }

    private static ServerFacts server(String version) {
        return new ServerFacts("m", null, version, "Developer", "sa", true, null, null, null, null);
    }

    @ParameterizedTest
    @CsvSource({"15.0.4125.3", "16.1.4125.3", "16.0.4131.2", "16.0.1000.6"})
    void isNotRestoredOnAnotherBuild(String version) throws Exception {
        RestoreStep step = madeBy(16, 0, 4125);
        assertThatThrownBy(() -> SystemDatabase.checkBuild("msdb", step, server(version)))
                .isInstanceOf(JobException.class)
                .hasMessageContainingAll("/1 was made by build 16.0.4125", "msdb");
        SystemDatabase.checkBuild("Copy", step, server(version));
    }

    @Test
    void isRestoredOnTheBuildItComesFromAndWhereNothingIsTold() throws Exception {
        SystemDatabase.checkBuild("msdb", madeBy(16, 0, 4125), server("16.0.4125.3"));
        SystemDatabase.checkBuild("model", madeBy(10, 50, 6000), server("10.50.6000.34"));
        SystemDatabase.checkBuild("msdb", madeBy(10, 0, 6000), server("10.00.6000.29"));
        SystemDatabase.checkBuild("msdb", madeBy(16, 0, null), server("16.0.4125.3"));
        SystemDatabase.checkBuild("msdb", madeBy(16, 0, 4125), server("unknown"));
    }
}
