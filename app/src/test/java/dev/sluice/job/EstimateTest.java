package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Estimate.Reading;
import dev.sluice.job.JobSnapshot.EstimateSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class EstimateTest {

    private static final Reading REQUEST = new Reading(12.5, 1000);
    private static final Reading MESSAGE = new Reading(10, 900);

    private static Estimate from(EstimateSource source) {
        return new Estimate(5000, source);
    }

    @Test
    void whatABackupSetTellsIsExact() {
        Estimate exact = from(EstimateSource.BACKUP_SET);
        assertThat(Estimate.best(exact, REQUEST, MESSAGE)).isEqualTo(exact);
    }

    @ParameterizedTest
    @EnumSource(value = EstimateSource.class, mode = Mode.EXCLUDE, names = "BACKUP_SET")
    void thenWhatTheServerTellsOfItsStatementCounts(EstimateSource first) {
        assertThat(Estimate.best(from(first), REQUEST, MESSAGE))
                .isEqualTo(new Estimate(8000, EstimateSource.SERVER_REQUEST));
    }

    @ParameterizedTest
    @EnumSource(value = EstimateSource.class, mode = Mode.EXCLUDE, names = "BACKUP_SET")
    void thenItsPercentMessages(EstimateSource first) {
        assertThat(Estimate.best(from(first), Reading.NONE, MESSAGE))
                .isEqualTo(new Estimate(9000, EstimateSource.SERVER_PERCENT));
    }

    @ParameterizedTest
    @EnumSource(EstimateSource.class)
    void thenWhatTheRunBeganWith(EstimateSource first) {
        assertThat(Estimate.best(from(first), Reading.NONE, Reading.NONE)).isEqualTo(from(first));
    }

    @Test
    void aBeginningTellsNothing() {
        Estimate first = from(EstimateSource.LAST_RUN);
        assertThat(Estimate.best(first, new Reading(0.9, 1000), new Reading(9, 1000)))
                .isEqualTo(first);
        assertThat(Estimate.best(first, new Reading(50, 0), new Reading(50, 0))).isEqualTo(first);
    }

    @Test
    void whatWasMovedAlreadyIsTheLeast() {
        assertThat(from(EstimateSource.LAST_RUN).atLeast(6000))
                .isEqualTo(new Estimate(6000, EstimateSource.LAST_RUN));
        assertThat(from(EstimateSource.LAST_RUN).atLeast(10))
                .isEqualTo(from(EstimateSource.LAST_RUN));
        assertThat(Estimate.NONE.atLeast(10)).isEqualTo(Estimate.NONE);
    }
}
