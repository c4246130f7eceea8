package dev.sluice.transfer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A worker's state, since when it holds, and the time spent in each. One writer, any reader. */
final class WorkerClock {

    private final LongSupplier nanoTime;
    private final Map<DeviceState, OwnedCounter> spent = new EnumMap<>(DeviceState.class);

    /** Odd while the writer is at it: what is read then may not fit together. */
    private final OwnedCounter changes = new OwnedCounter();

    private volatile long since;
    private volatile DeviceState state = DeviceState.OPEN;

    WorkerClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        for (DeviceState each : DeviceState.values()) {
            spent.put(each, new OwnedCounter());
        }
    }

    DeviceState state() {
        return state;
    }

    long since() {
        return since;
    }

    /** With the present stay, which may be long: whoever looks pays for it. */
    long spent(DeviceState in) {
        while (true) {
            long seen = changes.get();
            long before = counter(in).get();
            long here = state == in ? Math.max(0, nanoTime.getAsLong() - since) : 0;
            if (seen % 2 == 0 && changes.get() == seen) {
                return before + here;
            }
            Thread.onSpinWait();
        }
    }

    void enter(DeviceState next) {
        long now = nanoTime.getAsLong();
        changes.add(1);
        counter(state).add(now - since);
        since = now;
        state = next;
        changes.add(1);
    }

    private OwnedCounter counter(DeviceState of) {
        return Objects.requireNonNull(spent.get(of));
    }
}
