package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.NativeDouble;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One device set with a client as a careful program would have it, and the double's server, from
 * the creation to the close, struck somewhere on the way. Whatever happens, what is found to be
 * wrong is in {@link #findings()}.
 */
final class SetRun {

    private static final long LOOK_NANOS = 100_000;

    /** What a call may end with when the set is struck; the last two are strikes themselves. */
    private static final Set<VdiStatus> ENDS =
            EnumSet.of(
                    VdiStatus.ABORT,
                    VdiStatus.CLOSE,
                    VdiStatus.PROTOCOL,
                    VdiStatus.MEMORY,
                    VdiStatus.IO_ERROR);

    private final NativeDouble library;
    private final Plan plan;
    private final ClientDeviceSet set;
    private final ClientDeviceSet second;
    private final String name = UUID.randomUUID().toString();
    private final Fuse fuse;
    private final Random random;
    private final List<SetWorker> workers = new ArrayList<>();
    private final Queue<Throwable> findings = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean transferFails = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** A client's call was told of an abort; what comes after the end does not count. */
    private volatile boolean aborted;

    private volatile boolean ended;
    private volatile boolean closing;
    private volatile @Nullable Server server;
    private @Nullable Thread statement;
    private volatile boolean nobodyWillCome;

    /**
     * @param set holds no set, has perhaps held others before
     */
    SetRun(NativeDouble library, ClientDeviceSet set, Plan plan) {
        this.library = library;
        this.set = set;
        this.second = library.newDeviceSet();
        this.plan = plan;
        this.fuse = new Fuse(plan.step());
        this.random = new Random(plan.seed());
    }

    Plan plan() {
        return plan;
    }

    String name() {
        return name;
    }

    DoubleControl control() {
        return library.control();
    }

    Queue<Throwable> findings() {
        return findings;
    }

    /** Whether an abort met the set before its client had come to the end of it. */
    boolean wasAborted() {
        return aborted;
    }

    /** Runs on the calling thread, with others besides; returns when all of them have ended. */
    void run() throws InterruptedException {
        List<String> orders = plan.strike().arm(this, random);
        Thread striker = start("striker", this::strike);
        Thread watcher = start("watcher", this::watch);
        try {
            open(orders);
        } catch (VdiException e) {
            noteOfClient(e);
        }
        for (SetWorker worker : workers) {
            worker.join();
        }
        ended = true;
        fuse.light();
        striker.join();
        abort();
        close();
        close(second);
        // it may still wait for a set of this name
        abortServer();
        if (statement != null) {
            statement.join();
        }
        over.set(true);
        watcher.join();
        findLeftovers();
    }

    Thread start(String role, Task task) {
        return Thread.ofPlatform().name(role).daemon().start(() -> guarded(task));
    }

    /** What a thread does; whatever it throws is a finding. */
    interface Task {
        void run() throws Exception;
    }

    /** Carries out what is one's own; whatever it throws is a finding. */
    void guarded(Task task) {
        try {
            task.run();
        } catch (Throwable finding) {
            findings.add(finding);
        }
    }

    private void open(List<String> orders) throws VdiException {
        if (plan.serverFirst()) {
            startServer(orders);
        }
        step();
        int features = plan.complete() ? Features.REQUEST_COMPLETE : 0;
        set.create(null, name, DeviceSetConfiguration.request(plan.devices(), features));
        step();
        if (!plan.serverFirst()) {
            startServer(orders);
        }
        if (nobodyWillCome) {
            abort();
        }
        awaitConfiguration();
        step();
        if (plan.secondary()) {
            second.openInSecondary(null, name);
            require(second.getConfiguration(0) != null, "a secondary has no configuration");
        }
        for (int i = 0; i < plan.devices(); i++) {
            boolean other = plan.secondary() && i == plan.devices() - 1;
            ClientDevice device = (other ? second : set).openDevice(deviceName(i));
            workers.add(new SetWorker(this, device, random.nextLong()));
            step();
        }
        workers.forEach(SetWorker::start);
    }

    private void startServer(List<String> orders) {
        Server started =
                plan.javaServer()
                        ? new JavaServer(this, library.newServerDeviceSet())
                        : new DoublesServer(this, orders);
        server = started;
        statement = start("statement", () -> awaitServer(started));
    }

    /** A server that never came to the set is known by the end of its statement only. */
    private void awaitServer(Server started) throws InterruptedException {
        if (!started.awaitEnd()) {
            nobodyWillCome = true;
            abort();
        }
    }

    String deviceName(int device) {
        return device == 0 ? name : name + "-" + device;
    }

    private void awaitConfiguration() throws VdiException {
        while (set.getConfiguration(plan.timeoutMillis()) == null) {
            Thread.onSpinWait();
        }
    }

    /** The client has come one step further, with whatever it has in its hands. */
    void step() {
        if (fuse.step()) {
            if (plan.strike() == Strike.ABORT_BY_THE_WORKER) {
                abort();
            }
            fuse.light();
        }
    }

    private void strike() throws InterruptedException {
        fuse.await();
        long until = System.nanoTime() + plan.delayNanos();
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        control().foreignApartment(plan.foreignApartment());
        try {
            plan.strike().hit(this);
        } finally {
            control().foreignApartment(false);
        }
    }

    /** As the window does: looks at the set whatever state it is in. */
    private void watch() {
        Optional<DeviceSetObservation> last = Optional.empty();
        while (!over.get()) {
            Optional<DeviceSetObservation> now = set.observe();
            now.ifPresent(this::look);
            last = now.isPresent() ? now : last;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        last.ifPresent(this::lookBack);
    }

    private void look(DeviceSetObservation look) {
        for (int buffer = look.bufferCount() - 1; buffer >= 0; buffer--) {
            look.holder(buffer);
            require(look.device(buffer) < plan.devices(), "a device is shown that is none");
        }
        require(look.outstanding() <= look.bufferCount(), "more buffers out than there are");
    }

    private void lookBack(DeviceSetObservation look) {
        require(look.outstanding() == 0, "buffers are shown as held after the end of the set");
    }

    // ---- the blows

    void abort() {
        expectEnd(set::signalAbort);
    }

    void close() {
        close(set);
    }

    private void close(ClientDeviceSet closed) {
        closing = true;
        try {
            closed.close();
        } catch (VdiException e) {
            if (e.status() != VdiStatus.OPEN) {
                note(e);
            }
        }
    }

    void abortServer() {
        Server present = server;
        if (present != null) {
            present.abort();
        }
    }

    Optional<JavaServer> javaServer() {
        return server instanceof JavaServer java ? Optional.of(java) : Optional.empty();
    }

    void failNextTransfer() {
        transferFails.set(true);
    }

    boolean takeTransferFailure() {
        return transferFails.compareAndSet(true, false);
    }

    /** Two blows at the same moment. */
    void together(Task one, Task other) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread second =
                start(
                        "second-striker",
                        () -> {
                            barrier.await();
                            other.run();
                        });
        guarded(
                () -> {
                    barrier.await();
                    one.run();
                });
        second.join();
    }

    // ---- what must be so

    /** A call of the interface. */
    interface Call {
        void make() throws VdiException;
    }

    /** A call that may meet the end of the set. */
    void expectEnd(Call call) {
        try {
            call.make();
        } catch (VdiException e) {
            note(e);
        }
    }

    /** The set has ended for a thread, with one of the statuses that may be, or it is a finding. */
    void note(VdiException end) {
        if (!ENDS.contains(end.status())) {
            findings.add(end);
        }
    }

    /** As {@link #note}, for a call in its place: out of place it is only once Close has begun. */
    void noteOfClient(VdiException end) {
        if (end.status() == VdiStatus.PROTOCOL && !closing) {
            findings.add(end);
        }
        aborted |= end.status() == VdiStatus.ABORT && !ended;
        note(end);
    }

    /** A command that was in the client's hands is completed, or refused because of an abort. */
    void expectCompletion(Call completion) {
        try {
            completion.make();
        } catch (VdiException e) {
            require(e.status() == VdiStatus.ABORT, e.toString());
        }
    }

    void require(boolean condition, String otherwise) {
        if (!condition) {
            findings.add(new AssertionError(otherwise));
        }
    }

    private void findLeftovers() {
        expectRefusal("Close", set::close);
        expectRefusal("SignalAbort", set::signalAbort);
        workers.forEach(SetWorker::expectRefusals);
        require(set.observe().isEmpty(), "a closed set can be observed");
        expectRefusal("the server's Open", () -> library.newServerDeviceSet().open(null, name));
    }

    private void expectRefusal(String what, Call call) {
        try {
            call.make();
            findings.add(new AssertionError(what + " succeeded after Close"));
        } catch (VdiException expected) {
            require(
                    expected.status() == VdiStatus.PROTOCOL
                            || expected.status() == VdiStatus.INVALID,
                    what + " after Close: " + expected.getMessage());
        }
    }
}
