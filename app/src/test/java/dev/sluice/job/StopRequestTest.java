package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.job.JobSignals.Signal;
import dev.sluice.transfer.CompletionGate;

import org.junit.jupiter.api.Test;

class StopRequestTest {

    private final CompletionGate gate = new CompletionGate();
    private final JobSignals signals = new JobSignals(System::nanoTime);
    private final StopRequest stop = new StopRequest(gate, signals);

    @Test
    void wakesTheJobAndClosesTheGate() {
        assertThat(stop.request("me")).isEqualTo(CancelReply.ACCEPTED);
        assertThat(signals.isRaised(Signal.STOP_REQUESTED)).isTrue();
        assertThat(gate.tryPass()).isFalse();
        assertThat(stop.who()).isEqualTo("me");
        assertThat(stop.isTooLate()).isFalse();
    }

    @Test
    void keepsTheFirstWhoAsked() {
        stop.request("me");
        assertThat(stop.request("you")).isEqualTo(CancelReply.ALREADY_CANCELLING);
        assertThat(stop.who()).isEqualTo("me");
    }

    @Test
    void comesTooLateBehindTheGate() {
        assertThat(gate.tryPass()).isTrue();
        assertThat(stop.request("me")).isEqualTo(CancelReply.TOO_LATE);
        assertThat(signals.isRaised(Signal.STOP_REQUESTED)).isFalse();
        assertThat(stop.isTooLate()).isTrue();
    }

    @Test
    void mayBeAskedForAgainWhenTheServerHasMoreDataAfterAll() {
        assertThat(gate.tryPass()).isTrue();
        assertThat(stop.request("me")).isEqualTo(CancelReply.TOO_LATE);
        gate.unseal(0);
        assertThat(stop.isTooLate()).isFalse();
        assertThat(stop.request("me")).isEqualTo(CancelReply.ACCEPTED);
        assertThat(stop.isTooLate()).isFalse();
    }

    @Test
    void turnsAFailureIntoACancelOnlyWhenItCameFirst() {
        assertThat(stop.settleFailure()).isTrue();
        assertThat(stop.request("me")).isEqualTo(CancelReply.ALREADY_CANCELLING);
        assertThat(stop.settleFailure()).isTrue();

        StopRequest other = new StopRequest(new CompletionGate(), signals);
        other.request("me");
        assertThat(other.settleFailure()).isFalse();
    }

    @Test
    void admitsThatSuccessWasFaster() {
        stop.request("me");
        stop.settleSuccess();
        assertThat(stop.isTooLate()).isTrue();
        assertThat(stop.request("me")).isEqualTo(CancelReply.TOO_LATE);
    }

    @Test
    void isNotTooLateWhenNobodyAsked() {
        stop.settleSuccess();
        assertThat(stop.isTooLate()).isFalse();
    }
}
