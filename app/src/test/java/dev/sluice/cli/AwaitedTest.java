package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BufferUse;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobState;

import org.junit.jupiter.api.Test;

class AwaitedTest {

    @Test
    void namesTheStepTheBuffersTheFileAndTheTime() {
        JobSnapshot job =
                Snapshots.of(JobState.CANCELLING)
                        .drained(2)
                        .devices(1, DeviceState.IN_IO)
                        .buffers(
                                BufferUse.RETURNED,
                                BufferUse.WRITING,
                                BufferUse.SERVER,
                                BufferUse.HELD)
                        .snapshot();

        assertThat(Awaited.lines(job))
                .startsWith(
                        "Stopping since 0.4 s. Still awaited:",
                        "  step \"buffers returned\" for 0.4 s, 3 of 8 buffers returned",
                        "  buffers in our hands: 1, 3",
                        "  device 1: VDC_Write, in I/O for 12.0 s, 1 command in hand, file"
                                + " /backups/set/stripe-01.bak.partial")
                .last()
                .asString()
                .startsWith("Nothing is forced");
    }

    @Test
    void leavesOutDevicesThatAreThrough() {
        JobSnapshot job =
                Snapshots.of(JobState.CANCELLING)
                        .drained(7)
                        .devices(0, DeviceState.ABORTED)
                        .snapshot();

        assertThat(Awaited.lines(job)).contains("  the job's next step");
    }
}
