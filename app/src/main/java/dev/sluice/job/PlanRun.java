package dev.sluice.job;

import java.util.List;
import java.util.function.Supplier;

/**
 * A run that only looks, with what it found out.
 *
 * @param run does the work
 * @param found the statements, once it has ended well
 */
record PlanRun(OwnedJob run, Supplier<List<String>> found) implements Plan, OwnedJob {

    @Override
    public List<String> statements() {
        return run.snapshot().state() == JobState.COMPLETED ? found.get() : List.of();
    }

    @Override
    public void start() {
        run.start();
    }

    @Override
    public CancelReply cancel(String who) {
        return run.cancel(who);
    }

    @Override
    public void interruptIo(int device) {
        run.interruptIo(device);
    }

    @Override
    public JobSnapshot snapshot() {
        return run.snapshot();
    }

    @Override
    public JobSnapshot await() throws InterruptedException {
        return run.await();
    }

    @Override
    public void awaitUninterruptibly() {
        run.awaitUninterruptibly();
    }
}
