package dev.sluice.transfer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A worker's state, since when it holds, and the time spent in each. One writer, any reader. */
final class WorkerClock {

    private final LongSupplier nanoTime;
    private final Map<DeviceState, OwnedCounter> spent = new EnumMap<>(DeviceState.class);
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
            boolean isHere = state == in;
            long begun = since;
            long before = counter(in).get();
            if (since == begun) {
                return isHere ? before + Math.max(0, nanoTime.getAsLong() - begun) : before;
            }
        }
    }

    void enter(DeviceState next) {
        long now = nanoTime.getAsLong();
        counter(state).add(now - since);
        since = now;
        state = next;
    }

    private OwnedCounter counter(DeviceState of) {
        return Objects.requireNonNull(spent.get(of));
    }
}
