package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class ProgramLogTest {

    @TempDir private Path folder;

    @Test
    void hasTheLinesOfTheRunAloneOldestFirstAcrossItsFiles() throws Exception {
        Files.writeString(
                folder.resolve("sluice.1.log"),
                """
                2026-11-20T22:00:00.000+01:00 INFO  [job-a] d.s.j.JobLog: a: began
                2026-11-20T22:00:01.000+01:00 INFO  [job-b] d.s.j.JobLog: b: began
                2026-11-20T22:00:02.000+01:00 INFO  [job-a] d.s.j.JobLog: a: BACKUP DATABASE [x]
                TO VIRTUAL_DEVICE = 'y'
                """);
        Files.writeString(
                folder.resolve("sluice.log"),
                """
                2026-11-20T22:00:03.000+01:00 WARN  [job-a] d.s.j.JobLog: a: slow
                2026-11-20T22:00:04.000+01:00 ERROR [main] d.s.l.Main: a defect
                java.lang.IllegalStateException: not a's
                2026-11-20T22:00:05.000+01:00 ERROR [job-a] d.s.j.JobLog: a: lo\
                """);

        assertThat(ProgramLog.of(folder, "a"))
                .containsExactly(
                        event("2026-11-20T21:00:00Z", JobEvent.Level.INFO, "began"),
                        event(
                                "2026-11-20T21:00:02Z",
                                JobEvent.Level.INFO,
                                "BACKUP DATABASE [x]\nTO VIRTUAL_DEVICE = 'y'"),
                        event("2026-11-20T21:00:03Z", JobEvent.Level.WARNING, "slow"),
                        event("2026-11-20T21:00:05Z", JobEvent.Level.ERROR, "lo"));
    }

    @Test
    void isEmptyWithoutAFolder() throws Exception {
        assertThat(ProgramLog.of(folder.resolve("none"), "a")).isEmpty();
    }

    private static JobEvent event(String at, JobEvent.Level level, String text) {
        return new JobEvent(Instant.parse(at), level, text);
    }
}
