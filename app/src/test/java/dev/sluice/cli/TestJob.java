package dev.sluice.cli;

import dev.sluice.job.Job;
import dev.sluice.job.JobSnapshot;
import dev.sluice.job.JobState;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A job whose every step the test decides. */
final class TestJob implements Job {

    final AtomicReference<JobSnapshot> now =
            new AtomicReference<>(Snapshots.of(JobState.PREPARING).snapshot());
    final CountDownLatch started = new CountDownLatch(1);
    final AtomicInteger cancels = new AtomicInteger();
    private final CompletableFuture<JobSnapshot> end = new CompletableFuture<>();

    void ends(JobSnapshot last) {
        now.set(last);
        end.complete(last);
    }

    @Override
    public void start() {
        started.countDown();
    }

    @Override
    public CancelReply cancel(String who) {
        if (now.get().state().isTerminal()) {
            return CancelReply.TOO_LATE;
        }
        return cancels.getAndIncrement() == 0
                ? CancelReply.ACCEPTED
                : CancelReply.ALREADY_CANCELLING;
    }

    @Override
    public void interruptIo(int device) {
        throw new AssertionError("the command line forces nothing");
    }

    @Override
    public JobSnapshot snapshot() {
        return now.get();
    }

    @Override
    public JobSnapshot await() {
        return end.join();
    }
}
