package dev.sluice.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class CrashReportTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static Throwable defect(String message) {
        return new AssertionError(message);
    }

    @Test
    void theSameDefectHasTheSameCode() {
        String first = CrashReport.of(defect("one"), NOW).code();
        assertThat(first).matches("SW-[0-9A-F]{8}");
        assertThat(CrashReport.of(defect("two"), NOW.plusSeconds(9)).code()).isEqualTo(first);
        assertThat(CrashReport.of(new StackOverflowError(), NOW).code()).isNotEqualTo(first);
    }

    @Test
    void theReportHasTheCodeTheVersionsAndTheWay() {
        CrashReport report = CrashReport.of(defect("one"), NOW);
        assertThat(report.text())
                .startsWith(report.code())
                .contains("2026-11-21T10:00:00Z", "Java ", "AssertionError: one")
                .contains("CrashReportTest.defect");
    }
}
