package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.JobSnapshot.DeviceState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

class BufferUseTest {

    @ParameterizedTest
    @CsvSource({
        "IN_IO, VDC_Write, WRITING",
        "IN_IO, VDC_Read, READING",
        "CHECKING, VDC_Write, CHECKING",
        "CHECKING, VDC_Read, CHECKING",
        // another command is carried out, or none yet
        "IN_IO, VDC_Flush, HELD",
        "IN_IO, '', HELD",
        "CHECKING, VDC_Flush, HELD",
        // fetched, and nothing is done with it yet
        "OPEN, '', HELD",
        "WAITING, VDC_Write, HELD",
        "THROTTLED, VDC_Read, HELD",
        "CLOSED, VDC_Write, HELD",
        "ABORTED, VDC_Write, HELD",
        "FAILED, VDC_Write, HELD"
    })
    void followsFromWhatTheWorkerDoes(DeviceState state, String command, BufferUse use) {
        assertThat(BufferUse.by(device(state, command))).isEqualTo(use);
    }

    @ParameterizedTest
    @EnumSource
    void isOursFromTheFetchToTheCompletion(BufferUse use) {
        boolean ours =
                switch (use) {
                    case FREE, SERVER, QUEUED, RETURNED -> false;
                    case HELD, READING, CHECKING, WRITING -> true;
                };
        assertThat(use.isOurs()).isEqualTo(ours);
    }

    private static JobSnapshot.Device device(DeviceState state, String command) {
        return new JobSnapshot.Device(
                0,
                "set",
                Path.of("stripe-01.bak"),
                state,
                command,
                0,
                0,
                1,
                0,
                Duration.ZERO,
                JobSnapshot.Times.NONE);
    }
}
