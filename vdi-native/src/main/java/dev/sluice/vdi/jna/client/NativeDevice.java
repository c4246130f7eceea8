package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.ClientFunction;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One device of a native set. Every fetch enters the set's gate; a fetched command keeps the entry
 * until it was offered back, so that the set's memory stays and completing needs no second entry.
 */
final class NativeDevice implements ClientDevice {

    private final NativeSet set;
    private final int index;
    private final String name;
    private final ClientBinding binding;
    private final long address;
    private final MemorySegment fetchedAddress;
    private final AtomicBoolean fetching = new AtomicBoolean();

    // both changed by the fetching thread only
    private NativeCommand[] commands = {new NativeCommand(this)};
    private boolean ended;

    /**
     * @param index from 0, in the order of opening
     * @param address the device, as the library knows it
     * @param fetchedAddress memory for a pointer, which lives as long as the set
     */
    NativeDevice(
            NativeSet set, int index, String name, long address, MemorySegment fetchedAddress) {
        this.set = set;
        this.index = index;
        this.name = name;
        this.binding = set.binding();
        this.address = address;
        this.fetchedAddress = fetchedAddress;
    }

    @Override
    public String name() {
        return name;
    }

    int index() {
        return index;
    }

    long address() {
        return address;
    }

    int prefixZoneSize() {
        return set.prefixZoneSize();
    }

    @Override
    public @Nullable Command getCommand(long timeoutMillis) throws VdiException {
        if (!set.gate().enter()) {
            throw failure(ClientFunction.GET_COMMAND, VdiStatus.PROTOCOL.hresult());
        }
        NativeCommand fetched = null;
        try {
            fetched = fetchAlone(timeoutMillis);
            return fetched;
        } finally {
            if (fetched == null) {
                set.gate().leave();
            }
        }
    }

    private @Nullable NativeCommand fetchAlone(long timeoutMillis) throws VdiException {
        if (!fetching.compareAndSet(false, true)) {
            throw new VdiException(
                    call(ClientFunction.GET_COMMAND), VdiStatus.BUSY, Said.of("wrong.fetching"));
        }
        try {
            return fetch(timeoutMillis);
        } finally {
            fetching.set(false);
        }
    }

    private @Nullable NativeCommand fetch(long timeoutMillis) throws VdiException {
        long timeout = NativeSet.timeout(timeoutMillis);
        int result = binding.getCommand(address, timeout, fetchedAddress.address());
        if (result == VdiStatus.TIMEOUT.hresult()) {
            return null;
        }
        if (result != VdiStatus.NOERROR.hresult()) {
            noteEnd(result);
            throw failure(ClientFunction.GET_COMMAND, result);
        }
        long delivered = fetchedAddress.get(ValueLayout.JAVA_LONG, 0);
        if (delivered == 0) {
            throw new VdiException(
                    call(ClientFunction.GET_COMMAND),
                    VdiStatus.UNEXPECTED,
                    Said.of("wrong.noCommand"));
        }
        NativeCommand command = idleCommand();
        command.receive(delivered, set.buffers());
        return command;
    }

    private void noteEnd(int result) {
        if (result == VdiStatus.CLOSE.hresult() && !ended) {
            ended = true;
            set.deviceEnded();
        }
    }

    private NativeCommand idleCommand() {
        for (NativeCommand command : commands) {
            if (command.isIdle()) {
                return command;
            }
        }
        NativeCommand added = new NativeCommand(this);
        commands = Arrays.copyOf(commands, commands.length + 1);
        commands[commands.length - 1] = added;
        return added;
    }

    @Override
    public void completeCommand(
            Command command, int completionCode, int bytesTransferred, long position)
            throws VdiException {
        NativeCommand own = beginCompletion(command);
        checkBytes(own, bytesTransferred);
        int result;
        try {
            result =
                    binding.completeCommand(
                            address, own.giveBack(), completionCode, bytesTransferred, position);
        } finally {
            own.endCompletion();
            set.gate().leave();
        }
        if (result != VdiStatus.NOERROR.hresult()) {
            throw failure(ClientFunction.COMPLETE_COMMAND, result);
        }
    }

    private NativeCommand beginCompletion(Command command) throws VdiException {
        if (command instanceof NativeCommand own && own.device() == this && own.beginCompletion()) {
            return own;
        }
        VdiStatus refusal = set.refusal(ClientFunction.COMPLETE_COMMAND);
        if (refusal != null) {
            throw failure(ClientFunction.COMPLETE_COMMAND, refusal.hresult());
        }
        throw new VdiException(
                call(ClientFunction.COMPLETE_COMMAND),
                VdiStatus.INVALID,
                Said.of("wrong.notDelivered"));
    }

    private void checkBytes(NativeCommand command, int bytes) throws VdiException {
        int most = command.code().hasBuffer() ? command.size() : 0;
        if (bytes < 0 || bytes > most) {
            command.cancelCompletion();
            throw new VdiException(
                    call(ClientFunction.COMPLETE_COMMAND),
                    VdiStatus.INVALID,
                    Said.of("wrong.transferred", bytes, most));
        }
    }

    private VdiException failure(ClientFunction function, int result) {
        return set.failure(call(function), result);
    }

    private Said call(ClientFunction function) {
        return Said.of("call.onDevice", function.symbol(), name);
    }
}
