package dev.sluice.vdi.embedded;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.embedded.CommandSlot.Stage;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.DeviceState;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/** The client's end of one embedded device. */
final class EmbeddedClientDevice implements ClientDevice {

    private final ClientEnd end;
    private final SharedSet set;
    private final Device device;
    private final String name;
    private final Attempt<CommandSlot> fetch = this::fetch;

    EmbeddedClientDevice(ClientEnd end, Device device, String name) {
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
    public @Nullable Command getCommand(long timeoutMillis) throws VdiException {
        return end.await(device.fetchers(), timeoutMillis, fetch);
    }

    private @Nullable CommandSlot fetch() throws VdiException {
        admit(ClientFunction.GET_COMMAND);
        CommandSlot slot = device.fetch(end);
        if (slot == null && device.state() == DeviceState.CLOSED) {
            end.noteEndOf(device);
            throw failure(ClientFunction.GET_COMMAND, VdiStatus.CLOSE);
        }
        return slot;
    }

    @Override
    public void completeCommand(
            Command command, int completionCode, int bytesTransferred, long position)
            throws VdiException {
        Thread fetcher;
        Thread agent;
        synchronized (set) {
            CommandSlot slot = ownSlot(command);
            admitCompletion(slot);
            CommandSlot active = checkActive(slot);
            checkBytes(active, bytesTransferred);
            fetcher = device.complete(active, completionCode, bytesTransferred, position);
            agent = set.agent().callIfNeeded();
        }
        LockSupport.unpark(fetcher);
        LockSupport.unpark(agent);
    }

    private @Nullable CommandSlot ownSlot(Command command) {
        return command instanceof CommandSlot slot && slot.device() == device ? slot : null;
    }

    private void admitCompletion(@Nullable CommandSlot slot) throws VdiException {
        if (slot != null && slot.stage() == Stage.ORPHANED) {
            slot.giveBack();
        }
        admit(ClientFunction.COMPLETE_COMMAND);
    }

    private CommandSlot checkActive(@Nullable CommandSlot slot) throws VdiException {
        if (slot == null || slot.stage() != Stage.FETCHED) {
            throw new VdiException(
                    call(ClientFunction.COMPLETE_COMMAND),
                    VdiStatus.INVALID,
                    Said.of("wrong.notDelivered"));
        }
        return slot;
    }

    private void checkBytes(CommandSlot slot, int bytes) throws VdiException {
        int most = slot.code().hasBuffer() ? slot.size() : 0;
        if (bytes < 0 || bytes > most) {
            throw new VdiException(
                    call(ClientFunction.COMPLETE_COMMAND),
                    VdiStatus.INVALID,
                    Said.of("wrong.transferred", bytes, most));
        }
    }

    private void admit(ClientFunction function) throws VdiException {
        VdiStatus refusal = end.refusal(function);
        if (refusal != null) {
            throw failure(function, refusal);
        }
    }

    private VdiException failure(ClientFunction function, VdiStatus status) {
        return new VdiException(call(function), status);
    }

    private Said call(ClientFunction function) {
        return Said.of("call.onDevice", function.symbol(), name);
    }
}
