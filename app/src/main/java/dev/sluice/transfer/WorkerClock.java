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

    long spent(DeviceState in) {
        return counter(in).get();
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
