package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.server.SharedBuffer;
import dev.sluice.vdi.words.Said;

import java.util.concurrent.atomic.AtomicInteger;

/** {@code IServerVirtualDevice} (vdi-facts B.6), called on whatever thread. */
final class ComServerDevice implements ServerDevice {

    private static final int SEND_COMMAND = 3;
    private static final int CLOSE_DEVICE = 4;
    static final int SLOTS = 5;

    private final ServerSet set;
    private final ComObject device;
    private final String name;
    private final AtomicInteger outstanding = new AtomicInteger();

    ComServerDevice(ServerSet set, ComObject device, String name) {
        this.set = set;
        this.device = device;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    ServerSet set() {
        return set;
    }

    @Override
    public void sendCommand(ServerCommand command) throws VdiException {
        if (!set.tryEnter()) {
            throw refuse(command, VdiStatus.PROTOCOL, CompletionCode.INVALID_HANDLE);
        }
        try {
            if (!takeBuffer(command)) {
                throw refuse(command, VdiStatus.INVALID, CompletionCode.INVALID_PARAMETER);
            }
            send(command);
        } finally {
            set.gate().leave();
            set.finishDueClose();
        }
    }

    /** Checks the buffer, which the library would hand to the client as it is told. */
    private boolean takeBuffer(ServerCommand command) {
        SharedBuffer buffer = command.buffer();
        if (!CommandCode.of(command.rawCode()).hasBuffer()) {
            return buffer == null;
        }
        return buffer instanceof ComSharedBuffer own
                && own.set() == set
                && set.isWholeBlocks(command.size())
                && command.size() <= own.size()
                && own.send();
    }

    private VdiException refuse(ServerCommand command, VdiStatus status, CompletionCode code) {
        set.agent().run(() -> command.complete(code.number(), 0, 0));
        return new VdiException(call(ServerFunction.SEND_COMMAND), status);
    }

    private void send(ServerCommand command) throws VdiException {
        outstanding.incrementAndGet();
        Send send = CompletionRoutine.OF_THIS_PROCESS.take();
        long buffer = command.buffer() instanceof ComSharedBuffer own ? own.address() : 0;
        send.begin(this, command, buffer);
        int status = device.call(SEND_COMMAND, send.address());
        send.returned();
        int code = send.completionCode();
        if (status != VdiStatus.NOERROR.hresult()) {
            // the library has run the routine, says the specification; this is for one that has not
            send.fail(completionCodeFor(status).number());
        } else if (set.agent().hasEnded()) {
            // it looked for commands without a routine before this one was there
            send.fail(CompletionCode.OPERATION_ABORTED.number());
        }
        send.letGo();
        if (status != VdiStatus.NOERROR.hresult()) {
            throw failure(status, code);
        }
    }

    /** Runs the server's routine for a command that came back. */
    void run(ServerCommand command, int code, int bytes, long position) {
        if (command.buffer() instanceof ComSharedBuffer own) {
            own.comeBack();
        }
        outstanding.decrementAndGet();
        set.agent().run(() -> command.complete(code, bytes, position));
    }

    private static CompletionCode completionCodeFor(int status) {
        return switch (VdiStatus.of(status)) {
            case ABORT -> CompletionCode.OPERATION_ABORTED;
            case IO_ERROR -> CompletionCode.IO_DEVICE;
            case QUEUE_FULL -> CompletionCode.NO_SYSTEM_RESOURCES;
            default -> CompletionCode.INVALID_HANDLE;
        };
    }

    /**
     * Two of SendCommand's statuses have no published number (vdi-facts B.6), so they are known by
     * the code the routine was called with.
     */
    private VdiException failure(int status, int code) {
        Said call = call(ServerFunction.SEND_COMMAND);
        return switch (CompletionCode.of(code)) {
            case NO_SYSTEM_RESOURCES -> new VdiException(call, VdiStatus.QUEUE_FULL);
            case IO_DEVICE -> new VdiException(call, VdiStatus.IO_ERROR);
            default -> new VdiException(call, status);
        };
    }

    @Override
    public void closeDevice() throws VdiException {
        set.enter(ServerFunction.CLOSE_DEVICE);
        try {
            if (outstanding.get() > 0 && !set.isAborted()) {
                throw new VdiException(call(ServerFunction.CLOSE_DEVICE), VdiStatus.BUSY);
            }
            int status = device.call(CLOSE_DEVICE);
            if (status != VdiStatus.NOERROR.hresult()) {
                throw new VdiException(call(ServerFunction.CLOSE_DEVICE), status);
            }
            set.deviceClosed();
        } finally {
            set.gate().leave();
        }
    }

    /** Gives the reference up. */
    void release() {
        device.close();
    }

    private Said call(ServerFunction function) {
        return Said.of("call.onDevice", function.symbol(), name);
    }
}
