package dev.sluice.sql.embedded;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerDevice;

import org.jspecify.annotations.Nullable;

/**
 * A device as the server's thread for it sees it: sends commands, several at a time, and learns of
 * their outcomes. The completion agent's thread calls {@link #completed}; everything else is for
 * the device's own thread.
 */
final class DeviceChannel {

    /** Commands of one device that may be outstanding: the historical maxIODepth. */
    static final int DEPTH = 4;

    private static final int READ = CommandCode.READ.number();

    private final ServerDevice device;
    private final ServerCommand control = new ServerCommand(ignored -> controlled());
    private int outstanding;
    private @Nullable DeviceFailure failure;

    DeviceChannel(ServerDevice device) {
        this.device = device;
    }

    String name() {
        return device.name();
    }

    /**
     * Sends a transfer as soon as fewer than {@link #DEPTH} are outstanding.
     *
     * @throws DeviceFailure when an earlier command failed; nothing was sent
     */
    void send(Transfer transfer, CommandCode code, int size) throws DeviceFailure {
        awaitFewerThan(DEPTH);
        send(transfer.prepare(this, code, size));
    }

    /** Waits until every command has come back; fails when one did with an error. */
    void awaitIdle() throws DeviceFailure {
        awaitFewerThan(1);
    }

    /** Waits until every command has come back, however. */
    synchronized void settle() {
        while (outstanding > 0) {
            await();
        }
    }

    /** Sends a command without a buffer, and waits for its outcome. */
    void control(CommandCode code) throws DeviceFailure {
        awaitIdle();
        send(control.control(code));
        awaitIdle();
    }

    /** Waits for one transfer, in whatever way it ends. */
    synchronized void await(Transfer transfer) {
        while (!transfer.isDone()) {
            await();
        }
    }

    /**
     * Closes the device; all commands have come back.
     *
     * @return false when the set is aborted or the device was closed already
     */
    boolean close() {
        try {
            device.closeDevice();
            return true;
        } catch (VdiException e) {
            return false;
        }
    }

    private void send(ServerCommand command) throws DeviceFailure {
        synchronized (this) {
            outstanding++;
        }
        try {
            device.sendCommand(command);
        } catch (VdiException e) {
            if (e.status() == VdiStatus.IO_ERROR && command.rawCode() == READ) {
                // an earlier read met the end of the stream; the routine has said so
                return;
            }
            // the completion routine runs for this send as well, and brings the code
            settle();
            check();
            throw new DeviceFailure(name(), CommandCode.of(command.rawCode()), codeOf(e));
        }
    }

    private static int codeOf(VdiException e) {
        return (e.status() == VdiStatus.ABORT
                        ? CompletionCode.OPERATION_ABORTED
                        : CompletionCode.IO_DEVICE)
                .number();
    }

    private synchronized void awaitFewerThan(int limit) throws DeviceFailure {
        while (outstanding >= limit && failure == null) {
            await();
        }
        check();
    }

    /** Fails when a command did. */
    synchronized void check() throws DeviceFailure {
        if (failure != null) {
            throw failure;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // every caller loops
    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a thread of the server was interrupted", e);
        }
    }

    /** A transfer came back; on the agent's thread. */
    synchronized void completed(Transfer transfer) {
        transfer.setDone();
        came(transfer.command());
    }

    private synchronized void controlled() {
        came(control);
    }

    private void came(ServerCommand command) {
        outstanding--;
        int code = command.completionCode();
        if (code != 0 && failure == null && !isEnd(command)) {
            failure = new DeviceFailure(name(), CommandCode.of(command.rawCode()), code);
        }
        notifyAll();
    }

    /** The end of the stream is an answer, not a failure; so is what follows from it. */
    private static boolean isEnd(ServerCommand command) {
        int code = command.completionCode();
        return command.rawCode() == READ
                && (code == CompletionCode.HANDLE_EOF.number()
                        || code == CompletionCode.NO_DATA_DETECTED.number()
                        || code == CompletionCode.IO_DEVICE.number());
    }
}
