package dev.sluice.vdi.embedded;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.DeviceState;
import dev.sluice.vdi.protocol.ServerFunction;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.server.ServerCommand;
import dev.sluice.vdi.server.ServerDevice;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/** The server's end of one embedded device. */
final class EmbeddedServerDevice implements ServerDevice {

    private final ServerEnd end;
    private final SharedSet set;
    private final Device device;
    private final String name;

    EmbeddedServerDevice(ServerEnd end, Device device, String name) {
        this.end = end;
        this.set = end.set();
        this.device = device;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void sendCommand(ServerCommand command) throws VdiException {
        VdiStatus status;
        Thread fetcher = null;
        synchronized (set) {
            status = admission(command);
            if (status == VdiStatus.NOERROR) {
                fetcher = device.enqueue(command, (AreaBuffer) command.buffer());
            }
        }
        if (status != VdiStatus.NOERROR) {
            throw refuse(command, status);
        }
        LockSupport.unpark(fetcher);
    }

    private VdiStatus admission(ServerCommand command) {
        VdiStatus refusal = end.refusal(ServerFunction.SEND_COMMAND);
        if (refusal != null) {
            return refusal;
        }
        return isValid(command) ? device.admission(command) : VdiStatus.INVALID;
    }

    private boolean isValid(ServerCommand command) {
        return CommandCode.of(command.rawCode()).hasBuffer()
                ? end.isTransferable(command.buffer(), command.size())
                : command.buffer() == null;
    }

    /** Runs the routine of a refused command on the sender's thread, as the specification wants. */
    private VdiException refuse(ServerCommand command, VdiStatus status) {
        command.complete(completionCodeFor(status).number(), 0, 0);
        return status == VdiStatus.INVALID
                ? new VdiException(call(ServerFunction.SEND_COMMAND), status, invalidity(command))
                : new VdiException(call(ServerFunction.SEND_COMMAND), status);
    }

    private static CompletionCode completionCodeFor(VdiStatus refusal) {
        return switch (refusal) {
            case ABORT -> CompletionCode.OPERATION_ABORTED;
            case IO_ERROR -> CompletionCode.IO_DEVICE;
            case QUEUE_FULL -> CompletionCode.NO_SYSTEM_RESOURCES;
            case INVALID -> CompletionCode.INVALID_PARAMETER;
            default -> CompletionCode.INVALID_HANDLE;
        };
    }

    private static Said invalidity(ServerCommand command) {
        return Said.of("wrong.command", command.rawCode(), command.size());
    }

    @Override
    public void closeDevice() throws VdiException {
        synchronized (set) {
            VdiStatus refusal = end.refusal(ServerFunction.CLOSE_DEVICE);
            if (refusal == null) {
                refusal = closeRefusal();
            }
            if (refusal != null) {
                throw new VdiException(call(ServerFunction.CLOSE_DEVICE), refusal);
            }
            end.closeDevice(device);
        }
    }

    private @Nullable VdiStatus closeRefusal() {
        if (device.state() == DeviceState.CLOSED) {
            return VdiStatus.CLOSE;
        }
        return device.outstanding() > 0 ? VdiStatus.BUSY : null;
    }

    private Said call(ServerFunction function) {
        return Said.of("call.onDevice", function.symbol(), name);
    }
}
