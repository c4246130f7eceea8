package dev.sluice.sql.embedded;

import java.util.ArrayList;
import java.util.List;

/** Runs a task for each device on a thread of its own, and waits for all of them. */
final class Crew {

    /** What is done for one device. */
    interface Task {
        /** Runs on the device's thread. */
        void run(int device) throws Exception;
    }

    private final DeviceSet set;
    private final Operation operation;

    Crew(DeviceSet set, Operation operation) {
        this.set = set;
        this.operation = operation;
    }

    /**
     * Runs the task for every device; when one fails, the others are told to stop. Returns when all
     * threads have left.
     *
     * @throws Exception the first failure
     */
    void run(Task task) throws Exception {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 0; i < set.channels().size(); i++) {
                int device = i;
                threads.add(
                        Thread.ofPlatform()
                                .name("sluice-device-" + (device + 1))
                                .start(() -> guarded(task, device)));
            }
        } catch (OutOfMemoryError e) {
            // the others would wait for ever for the device that has no thread
            stop(new IllegalStateException("a device has no thread: " + e, e));
        }
        threads.forEach(Threads::join);
        Exception failure = operation.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void guarded(Task task, int device) {
        try {
            task.run(device);
        } catch (Operation.StoppedException e) {
            // for the reason another thread gave; nothing is lost when it gave none
            operation.fail(e);
        } catch (Exception e) {
            stop(e);
        } catch (Error e) {
            stop(new IllegalStateException("a device thread broke: " + e, e));
        }
    }

    private void stop(Exception reason) {
        operation.fail(reason);
        set.pool().stop();
    }
}
