package dev.sluice.transfer;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The thread of one device. It owns everything here; others read the counters. Nothing is allocated
 * per command.
 */
final class DeviceWorker {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWorker.class);

    private final int index;
    private final ClientDevice device;
    private final StripeEnd stripe;
    private final RateLimit limit;
    private final Consumer<TransferFailure> onFailure;
    private final Thread thread;
    private final WorkerClock clock;
    private final CommandBatch batch;

    /** A control command in hand: it ended a batch and is carried out next, or just now. */
    private @Nullable Command carried;

    private CompletionCode refusal = CompletionCode.SUCCESS;
    private final Set<CompletionCode> answered = EnumSet.noneOf(CompletionCode.class);
    private @Nullable Throwable failure;
    private volatile @Nullable CommandCode current;
    private final OwnedCounter inHand = new OwnedCounter();
    private volatile @Nullable DeviceOutcome outcome;
    private final OwnedCounter bytes = new OwnedCounter();

    DeviceWorker(
            int index,
            ClientDevice device,
            StripeEnd stripe,
            RateLimit limit,
            LongSupplier nanoTime,
            Consumer<TransferFailure> onFailure) {
        this.index = index;
        this.device = device;
        this.stripe = stripe;
        this.limit = limit;
        this.onFailure = onFailure;
        this.clock = new WorkerClock(nanoTime);
        this.batch = new CommandBatch(stripe.batchLimit());
        this.thread =
                Thread.ofPlatform()
                        .name("sluice-device-%02d".formatted(index + 1))
                        .daemon()
                        .unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        return thread.join(Duration.ofNanos(Math.max(0, nanos)));
    }

    void join() throws InterruptedException {
        thread.join();
    }

    int inHand() {
        return (int) inHand.get();
    }

    long bytes() {
        return bytes.get();
    }

    @Nullable DeviceOutcome outcome() {
        return outcome;
    }

    void interruptIo() {
        if (clock.state() == DeviceState.IN_IO) {
            stripe.interrupt();
        }
    }

    DeviceProgress progress() {
        DeviceState state = clock.state();
        boolean checking = state == DeviceState.IN_IO && stripe.isChecking();
        long checkingNanos = stripe.checkingNanos();
        return new DeviceProgress(
                checking ? DeviceState.CHECKING : state,
                current,
                bytes.get(),
                (int) inHand.get(),
                clock.since(),
                clock.spent(DeviceState.WAITING),
                checkingNanos,
                Math.max(0, clock.spent(DeviceState.IN_IO) - checkingNanos),
                clock.spent(DeviceState.THROTTLED));
    }

    private void serve() {
        DeviceState end = DeviceState.FAILED;
        try {
            end = serveUntilEnd();
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e, null);
        } finally {
            giveBack(stripe.faultCode());
            outcome = new DeviceOutcome(end, failure);
            clock.enter(end);
        }
    }

    private DeviceState serveUntilEnd() throws InterruptedException {
        try {
            while (true) {
                step();
            }
        } catch (VdiException e) {
            giveBack(CompletionCode.OPERATION_ABORTED);
            return endFor(e);
        }
    }

    private DeviceState endFor(VdiException e) {
        if (e.status() == VdiStatus.ABORT) {
            return DeviceState.ABORTED;
        }
        if (e.status() != VdiStatus.CLOSE) {
            fail(e, null);
        }
        return failure == null ? DeviceState.CLOSED : DeviceState.FAILED;
    }

    /** One turn: waits for a command, carries it out with those of its kind that are queued. */
    private void step() throws VdiException, InterruptedException {
        Command command = carried == null ? fetch() : carried;
        carried = null;
        current = command.code();
        if (command.code() == stripe.dataCommand()) {
            stripe.expectData();
            gather(command);
            clock.enter(DeviceState.IN_IO);
            moveBatch();
        } else {
            clock.enter(DeviceState.IN_IO);
            // given back with the rest, should carrying it out end the worker
            carried = command;
            CompletionCode code = control(command.code());
            carried = null;
            complete(command, code, 0);
        }
        current = null;
    }

    private Command fetch() throws VdiException, InterruptedException {
        if (limit.mustWait()) {
            clock.enter(DeviceState.THROTTLED);
            limit.awaitTurn();
        }
        clock.enter(DeviceState.WAITING);
        Command command = null;
        while (command == null) {
            command = device.getCommand(ClientDeviceSet.INFINITE);
        }
        inHand.add(1);
        return command;
    }

    /** Takes what is queued behind a data command, without waiting for more. */
    private void gather(Command first) throws VdiException {
        batch.add(first);
        while (batch.hasRoom()) {
            Command next = device.getCommand(0);
            if (next == null) {
                return;
            }
            inHand.add(1);
            if (next.code() != stripe.dataCommand()) {
                carried = next;
                return;
            }
            batch.add(next);
        }
    }

    private void moveBatch() {
        CompletionCode code = refusal == CompletionCode.SUCCESS ? move() : refusal;
        long moved = 0;
        for (int i = 0; i < batch.count(); i++) {
            moved += batch.transferred(i, code);
        }
        completeBatch(code);
        bytes.add(moved);
        limit.pay(moved);
    }

    private CompletionCode move() {
        try {
            return stripe.move(batch.openBuffers(), batch.count());
        } catch (IOException | RuntimeException e) {
            return refuseFrom(e);
        }
    }

    private CompletionCode control(CommandCode command) {
        if (command == CommandCode.CLEAR_ERROR) {
            return CompletionCode.SUCCESS;
        }
        if (refusal != CompletionCode.SUCCESS) {
            return refusal;
        }
        try {
            return stripe.control(command);
        } catch (IOException | RuntimeException e) {
            return refuseFrom(e);
        }
    }

    /** A stripe that failed once takes or gives nothing more: its position is not known. */
    private CompletionCode refuseFrom(Exception e) {
        refusal =
                switch (e) {
                    case StorageFullException full -> CompletionCode.DISK_FULL;
                    case DamagedDataException damaged -> CompletionCode.CRC;
                    default -> stripe.faultCode();
                };
        fail(e, refusal);
        return refusal;
    }

    private void completeBatch(CompletionCode code) {
        for (int i = 0; i < batch.count(); i++) {
            complete(batch.command(i), code, batch.transferred(i, code));
        }
        batch.clear();
    }

    /** Completes everything in hand, so that the worker may leave. */
    private void giveBack(CompletionCode code) {
        for (int i = 0; i < batch.count(); i++) {
            complete(batch.command(i), code, 0);
        }
        batch.clear();
        if (carried != null) {
            complete(carried, code, 0);
            carried = null;
        }
    }

    private void complete(Command command, CompletionCode code, int transferred) {
        inHand.add(-1);
        if (code != CompletionCode.SUCCESS) {
            note(command, code);
        }
        try {
            device.completeCommand(command, code.number(), transferred, 0);
        } catch (VdiException e) {
            // after an abort the answer is ignored by design (ABORT-12), and a device that was
            // closed under a command needs none; the next fetch tells
            if (e.status() != VdiStatus.ABORT && e.status() != VdiStatus.CLOSE) {
                fail(e, null);
            }
        }
    }

    /** The log gets the first of each kind: the end of the data and a refusal come again. */
    private void note(Command command, CompletionCode code) {
        if (answered.add(code)) {
            LOG.info(
                    "device {} answers {} ({}) with {}",
                    index + 1,
                    command.code().symbol(),
                    command.rawCode(),
                    code.explanation());
        }
    }

    private void fail(Throwable cause, @Nullable CompletionCode answer) {
        if (failure == null) {
            failure = cause;
            onFailure.accept(new TransferFailure(index, cause, answer));
        } else if (failure != cause) {
            failure.addSuppressed(cause);
        }
    }
}
