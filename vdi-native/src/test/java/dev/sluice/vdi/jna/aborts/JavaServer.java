package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerConfiguration;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.SharedBuffer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A server in Java, as the embedded one is: through our own binding of the server's end. */
final class JavaServer implements Server {

    private static final long POLL_NANOS = 300_000;

    private final SetRun run;
    private final Plan plan;
    private final ServerDeviceSet set;
    private final Thread thread;
    private final AtomicReference<@Nullable Runnable> inRoutine = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean attached;

    JavaServer(SetRun run, ServerDeviceSet set) {
        this.run = run;
        this.plan = run.plan();
        this.set = set;
        this.thread = run.start("server", this::serve);
    }

    @Override
    public void abort() {
        stopped = true;
        run.expectEnd(set::signalAbort);
    }

    /** It closes its set, whatever its threads are about. */
    void close() {
        stopped = true;
        run.expectEnd(set::close);
    }

    /** A completion routine will do this. */
    void inNextRoutine(Runnable action) {
        inRoutine.set(action);
    }

    @Override
    public boolean awaitEnd() throws InterruptedException {
        thread.join();
        return attached;
    }

    private void serve() throws InterruptedException {
        if (!attach()) {
            return;
        }
        attached = true;
        try {
            configure();
            stream();
        } catch (VdiException e) {
            run.note(e);
            abort();
        }
        run.expectEnd(set::close);
    }

    private boolean attach() {
        while (!stopped) {
            try {
                set.open(null, run.name());
                return true;
            } catch (VdiException e) {
                if (e.status() != VdiStatus.INVALID) {
                    run.note(e);
                    return false;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return false;
    }

    private void configure() throws VdiException {
        DeviceSetConfiguration asked = set.getConfiguration();
        int direction = plan.restore() ? Features.READ_MEDIA : Features.WRITE_MEDIA;
        int complete = sendsComplete() ? Features.COMPLETE_ENABLED : 0;
        set.beginConfiguration(
                new ServerConfiguration(
                        asked.features() | direction | complete,
                        0,
                        plan.blockSize(),
                        plan.maxTransfer(),
                        0));
        set.requestBuffers(plan.maxTransfer(), 0, plan.buffers());
        set.endConfiguration();
    }

    private boolean sendsComplete() {
        return plan.complete() && !plan.restore();
    }

    private void stream() throws VdiException, InterruptedException {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < plan.devices(); i++) {
            senders.add(new Sender(set.openDevice(run.deviceName(i))));
        }
        CountDownLatch running = new CountDownLatch(1);
        Thread agent = run.start("agent", () -> lend(running));
        running.await();
        List<Thread> threads = new ArrayList<>();
        for (Sender sender : senders) {
            threads.add(run.start("sender", sender::send));
        }
        for (Thread sender : threads) {
            sender.join();
        }
        for (Sender sender : senders) {
            run.expectEnd(sender.device::closeDevice);
        }
        agent.join();
    }

    private void lend(CountDownLatch running) {
        try {
            set.executeCompletionAgent(running::countDown);
        } catch (VdiException e) {
            run.note(e);
        } catch (UncheckedStrike expected) {
            stopped = true;
        } finally {
            running.countDown();
        }
    }

    /** Thrown by a routine. */
    static final class UncheckedStrike extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A buffer of a device, and the command that carries it. */
    private final class Carrier {
        final SharedBuffer buffer;
        final ServerCommand command = new ServerCommand(ignored -> comeBack());
        private final BlockingQueue<Carrier> home;
        private volatile boolean away;

        Carrier(SharedBuffer buffer, BlockingQueue<Carrier> home) {
            this.buffer = buffer;
            this.home = home;
        }

        void leave() {
            away = true;
        }

        private void comeBack() {
            run.require(away, "a command came back twice");
            away = false;
            home.add(this);
            Runnable action = inRoutine.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    /** The thread of one device. */
    private final class Sender {
        final ServerDevice device;
        private final BlockingQueue<Carrier> home = new LinkedBlockingQueue<>();
        private final int carriers = Math.min(plan.outstanding(), plan.buffers() / plan.devices());

        Sender(ServerDevice device) throws VdiException {
            this.device = device;
            for (int i = 0; i < carriers; i++) {
                home.add(new Carrier(set.allocateBuffer(plan.maxTransfer(), 0), home));
            }
        }

        void send() throws InterruptedException {
            CommandCode data = plan.restore() ? CommandCode.READ : CommandCode.WRITE;
            try {
                for (int i = 0; i < plan.commands(); i++) {
                    transfer(data);
                }
                control(CommandCode.FLUSH);
                if (sendsComplete()) {
                    control(CommandCode.COMPLETE);
                }
            } catch (VdiException e) {
                run.note(e);
            }
            for (int i = 0; i < carriers; i++) {
                home.take();
            }
        }

        private void transfer(CommandCode code) throws VdiException, InterruptedException {
            Carrier carrier = home.take();
            carrier.command.transfer(code, carrier.buffer, plan.transfer());
            if (code == CommandCode.WRITE && !stopped) {
                fill(carrier.buffer);
            }
            dispatch(carrier);
        }

        private void fill(SharedBuffer buffer) {
            try {
                buffer.data().put(0, (byte) 1);
            } catch (IllegalStateException closed) {
                stopped = true;
            }
        }

        private void control(CommandCode code) throws VdiException, InterruptedException {
            Carrier carrier = home.take();
            carrier.command.control(code);
            dispatch(carrier);
        }

        /** Again, for as long as the queue is full. */
        private void dispatch(Carrier carrier) throws VdiException, InterruptedException {
            while (true) {
                carrier.leave();
                try {
                    device.sendCommand(carrier.command);
                    return;
                } catch (VdiException e) {
                    if (e.status() != VdiStatus.QUEUE_FULL) {
                        throw e;
                    }
                    takeBack(carrier);
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }

        private void takeBack(Carrier refused) {
            run.require(home.remove(refused), "a refused command did not come back");
        }
    }
}
