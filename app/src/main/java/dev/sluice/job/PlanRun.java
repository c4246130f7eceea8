package dev.sluice.job;

import dev.sluice.words.Told;

import java.util.List;

/**
 * A run that only looks, with what it found out.
 *
 * @param run does the work
 * @param found what it found out, once it has ended well
 */
record PlanRun(OwnedJob run, RestorePlan found) implements Plan, OwnedJob {

    @Override
    public List<String> statements() {
        return isComplete() ? found.statements() : List.of();
    }

    @Override
    public List<Told> notes() {
        return isComplete() ? found.notes() : List.of();
    }

    @Override
    public FilePlan files() {
        return found.files();
    }

    private boolean isComplete() {
        return run.snapshot().state() == JobState.COMPLETED;
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
