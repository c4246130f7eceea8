package dev.sluice.sqlserver;

import dev.sluice.tds.Message;
import dev.sluice.tds.Reply;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A BACKUP or RESTORE under way: what it says, how far it is, whether anybody still waits for it,
 * and the fault it was given. Its devices' threads tell of their bytes.
 */
final class RunningStatement {

    private static final int DEFAULT_STATS = 10;

    private final String verb;
    private final Reply reply;
    private final @Nullable Fault fault;
    private final DoubleControl control;
    private final Consumer<Order.Sizes> attachedTo;
    private final AtomicBoolean struck = new AtomicBoolean();
    private @Nullable DeviceSetEnd set;
    private Reply.@Nullable Stop stop;
    private long expected;
    private int stats;
    private long moved;
    private int percent;

    /**
     * @param attachedTo hears of the sizes of its device set
     */
    RunningStatement(
            String verb,
            Reply reply,
            @Nullable Fault fault,
            DoubleControl control,
            Consumer<Order.Sizes> attachedTo) {
        this.attachedTo = attachedTo;
        this.verb = verb;
        this.reply = reply;
        this.fault = fault;
        this.control = control;
        var _ = reply.stopped().thenAccept(this::stop);
    }

    /** Nobody waits any more: the server aborts what it does. */
    private synchronized void stop(Reply.Stop why) {
        stop = why;
        if (fault instanceof Fault.Hold hold) {
            hold.release();
        }
        if (set != null) {
            set.abort();
        }
    }

    private synchronized Reply.@Nullable Stop stopped() {
        return stop;
    }

    void say(Message message) throws IOException {
        reply.message(message);
    }

    Reply reply() {
        return reply;
    }

    /** Attaches to the client's device set. The caller closes it. */
    DeviceSetEnd attach(
            ServerVdiProvider vdi, List<String> devices, Order.Sizes sizes, int direction)
            throws Exception {
        if (fault instanceof Fault.FailBeforeAttaching refusal) {
            throw new StatementFailed(refusal.message());
        }
        if (fault instanceof Fault.NeverAttach never) {
            never.reached().countDown();
            reply.stopped().get();
            throw new StatementFailed(ServerMessages.aborted());
        }
        DeviceSetEnd attached = DeviceSetEnd.attach(vdi, devices, sizes, direction);
        attachedTo.accept(attached.configured());
        synchronized (this) {
            set = attached;
            if (stop != null) {
                attached.abort();
            }
        }
        return attached;
    }

    /** How many bytes make 100 percent. */
    synchronized void expect(long bytes, Order.Sizes sizes) {
        expected = bytes;
        stats = sizes.stats() == 0 ? DEFAULT_STATS : sizes.stats();
    }

    /** Bytes went through a device; on its thread. */
    void moved(int bytes) throws StatementFailed {
        DeviceSetEnd running = count(bytes);
        running.check();
        if (fault instanceof Fault.InMidStream strike && isAt(strike.after())) {
            strike(strike, running);
        }
        try {
            tellPercent();
        } catch (IOException e) {
            running.abort();
        }
    }

    private synchronized DeviceSetEnd count(int bytes) {
        moved += bytes;
        if (set == null) {
            throw new AssertionError("bytes before the set was attached");
        }
        return set;
    }

    private synchronized boolean isAt(long bytes) {
        return moved >= bytes;
    }

    private void strike(Fault.InMidStream strike, DeviceSetEnd running) {
        boolean first = struck.compareAndSet(false, true);
        try {
            switch (strike) {
                case Fault.Hold hold -> {
                    hold.reached().countDown();
                    hold.released().await();
                }
                case Fault.Abort _ -> running.abort();
                case Fault.DropConnection _ -> {
                    if (first) {
                        reply.drop();
                    }
                }
                case Fault.Die _ -> {
                    if (first) {
                        control.serverDie(running.name());
                        reply.drop();
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the fault failed", e);
        }
    }

    /** How far it is, 0 to 100. */
    synchronized double percent() {
        return expected == 0 ? 0 : Math.min(100, 100.0 * moved / expected);
    }

    private synchronized void tellPercent() throws IOException {
        while (expected > 0 && percent + stats <= 100 * moved / expected) {
            percent += stats;
            say(ServerMessages.percent(percent));
        }
    }

    /** After all else went well. */
    void end() throws StatementFailed {
        if (fault instanceof Fault.FailAfterAll failure) {
            throw new StatementFailed(failure.message());
        }
    }

    /** After it was told that it succeeded. */
    void afterSuccess() throws StatementFailed {
        if (fault instanceof Fault.FailAfterSuccess failure) {
            throw new StatementFailed(failure.message());
        }
    }

    /** Tells why it failed, when anybody listens. */
    void fail(StatementFailed failure) throws IOException {
        boolean dead = fault instanceof Fault.Die && struck.get();
        if (dead || stopped() == Reply.Stop.CONNECTION_LOST) {
            return;
        }
        if (stopped() == Reply.Stop.ATTENTION) {
            say(ServerMessages.aborted());
        } else {
            for (Message message : failure.messages()) {
                say(message);
            }
        }
        say(ServerMessages.terminated(verb));
    }
}
