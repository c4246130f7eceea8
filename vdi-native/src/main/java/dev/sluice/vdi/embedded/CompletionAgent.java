package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.CommandSlot.Stage;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.server.ServerCommand;

import org.jspecify.annotations.Nullable;

/**
 * Runs completion routines on the thread the server lends. Completed commands wait in a list; the
 * agent takes many at a time inside the set's monitor and runs their routines outside it, so that a
 * routine may call anything. Fields marked so belong to the agent's thread, all others are guarded
 * by the monitor.
 */
final class CompletionAgent {

    private enum Turn {
        DELIVER,
        END
    }

    private static final int BATCH = 64;

    private final SharedSet set;
    private final StallWatch watch;
    private final WaitingRoom work = new WaitingRoom();
    private final Attempt<Turn> nextTurn = this::nextTurn;
    private @Nullable CommandSlot first;
    private @Nullable CommandSlot last;
    private @Nullable Thread thread;

    // the agent's thread only
    private final @Nullable ServerCommand[] commands = new ServerCommand[BATCH];
    private final @Nullable Device[] devices = new Device[BATCH];
    private final int[] codes = new int[BATCH];
    private final int[] bytes = new int[BATCH];
    private final long[] positions = new long[BATCH];
    private int next;
    private int taken;
    private @Nullable Throwable failure;

    CompletionAgent(SharedSet set, StallWatch watch) {
        this.set = set;
        this.watch = watch;
    }

    boolean isRunning() {
        return thread != null;
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    /** Appends a completed command. */
    void add(CommandSlot done) {
        done.setNextDone(null);
        if (last == null) {
            first = done;
        } else {
            last.setNextDone(done);
        }
        last = done;
    }

    /** The agent's thread to unpark if there is work for it, or null. */
    @Nullable Thread callIfNeeded() {
        return first == null ? null : work.callOne();
    }

    void callOut() {
        work.callAll();
    }

    void begin() {
        thread = Thread.currentThread();
    }

    /**
     * Serves until the set ends. Called outside the monitor, on the thread that began.
     *
     * @throws VdiException VD_E_ABORT after an abort
     */
    void serve(Runnable whenRunning) throws VdiException {
        try {
            guarded(whenRunning);
            while (true) {
                Turn turn = set.await(work, nextLook(), nextTurn);
                if (turn == Turn.END) {
                    break;
                }
                deliverTaken();
            }
        } finally {
            end();
            throwFailure();
        }
    }

    /**
     * For a close from inside a routine: runs the remaining routines at once, on this very thread.
     */
    void drain() {
        deliverTaken();
        while (takeInside()) {
            deliverTaken();
        }
        end();
    }

    private long nextLook() {
        if (watch.isOff()) {
            return TimeSource.NEVER;
        }
        synchronized (set) {
            return watch.nextLook();
        }
    }

    private @Nullable Turn nextTurn() throws VdiException {
        if (watch.stalled()) {
            set.abort();
        }
        if (take()) {
            return Turn.DELIVER;
        }
        if (set.isClosedByServer()) {
            return Turn.END;
        }
        set.server().refuseAgentAfterAbort();
        return null;
    }

    private boolean takeInside() {
        synchronized (set) {
            return take();
        }
    }

    private boolean take() {
        next = 0;
        taken = 0;
        while (first != null && taken < BATCH) {
            takeOne(first);
        }
        return taken > 0;
    }

    private void takeOne(CommandSlot slot) {
        first = slot.nextDone();
        if (first == null) {
            last = null;
        }
        commands[taken] = slot.command();
        devices[taken] = slot.device();
        codes[taken] = slot.completionCode();
        bytes[taken] = slot.bytesTransferred();
        positions[taken] = slot.outPosition();
        taken++;
        if (slot.stage() == Stage.DONE) {
            slot.device().recycle(slot);
        }
    }

    private void deliverTaken() {
        while (next < taken) {
            deliver(next++);
        }
    }

    private void deliver(int i) {
        ServerCommand command = commands[i];
        Device device = devices[i];
        commands[i] = null;
        devices[i] = null;
        if (command == null || device == null) {
            throw new IllegalStateException("A taken command is missing");
        }
        device.callingBack();
        try {
            command.complete(codes[i], bytes[i], positions[i]);
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        }
    }

    private void guarded(Runnable whenRunning) {
        try {
            whenRunning.run();
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        }
    }

    /** A routine failed: the set is aborted, the others still get their calls. */
    private void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
        synchronized (set) {
            set.abort();
        }
    }

    private void end() {
        synchronized (set) {
            thread = null;
            set.changes().callAll();
        }
    }

    private void throwFailure() {
        switch (failure) {
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case null, default -> {}
        }
    }
}
