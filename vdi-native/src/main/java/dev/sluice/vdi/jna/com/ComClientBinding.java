package dev.sluice.vdi.jna.com;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * {@code IClientVirtualDeviceSet2} and its {@code IClientVirtualDevice}s (vdi-facts B.2, B.3). Each
 * call enters the apartment and leaves it, on whatever thread.
 */
final class ComClientBinding implements ClientBinding {

    // IClientVirtualDeviceSet2
    private static final int GET_CONFIGURATION = 4;
    private static final int OPEN_DEVICE = 5;
    private static final int CLOSE = 6;
    private static final int SIGNAL_ABORT = 7;
    private static final int GET_BUFFER_HANDLE = 9;
    private static final int MAP_BUFFER_HANDLE = 10;
    private static final int CREATE_EX = 11;
    private static final int OPEN_IN_SECONDARY_EX = 12;

    // IClientVirtualDevice
    private static final int GET_COMMAND = 3;
    private static final int COMPLETE_COMMAND = 4;
    private static final int DEVICE_SLOTS = 5;

    private final Apartment apartment;
    private final ApartmentKeeper keeper;
    private final ComObject set;

    /** Replaced, never changed, so that a device is found without a lock and without garbage. */
    private volatile ComObject[] devices = {};

    /**
     * @param set taken over
     * @param keeper taken over
     */
    private ComClientBinding(Apartment apartment, ApartmentKeeper keeper, ComObject set) {
        this.apartment = apartment;
        this.keeper = keeper;
        this.set = set;
    }

    /**
     * Makes an object of the library's class.
     *
     * @throws VdiException with COM's number when the library refuses
     */
    static ComClientBinding create(Apartment apartment) throws VdiException {
        ApartmentKeeper keeper = new ApartmentKeeper(apartment);
        PointerByReference object = new PointerByReference();
        int status =
                apartment.call(() -> VdiClass.CLIENT_DEVICE_SET.create(apartment.com(), object));
        if (status < 0) {
            keeper.close();
            throw new VdiException("CoCreateInstance of sqlvdi.dll's client device set", status);
        }
        return new ComClientBinding(
                apartment,
                keeper,
                new ComObject(object.getValue(), VdiClass.CLIENT_DEVICE_SET.slots()));
    }

    @Override
    public int create(@Nullable String instanceName, String setName, long configuration) {
        return named(CREATE_EX, instanceName, setName, configuration);
    }

    @Override
    public int openInSecondary(@Nullable String instanceName, String setName) {
        return named(OPEN_IN_SECONDARY_EX, instanceName, setName);
    }

    private int named(int slot, @Nullable String instanceName, String setName, Object... more) {
        try (Arena arena = Arena.ofConfined()) {
            Object[] arguments = new Object[2 + more.length];
            arguments[0] = Arguments.instance(instanceName, arena);
            arguments[1] = Arguments.wide(setName, arena);
            System.arraycopy(more, 0, arguments, 2, more.length);
            return apartment.call(() -> set.call(slot, arguments));
        }
    }

    @Override
    public int getConfiguration(long timeoutMillis, long configuration) {
        int timeout = Arguments.timeout(timeoutMillis);
        return apartment.call(() -> set.call(GET_CONFIGURATION, timeout, configuration));
    }

    @Override
    public int openDevice(String name, long device) {
        try (Arena arena = Arena.ofConfined()) {
            long text = Arguments.wide(name, arena);
            int status = apartment.call(() -> set.call(OPEN_DEVICE, text, device));
            if (status == VdiStatus.NOERROR.hresult()) {
                add(new ComObject(new Pointer(device).getPointer(0), DEVICE_SLOTS));
            }
            return status;
        }
    }

    @Override
    public int getBufferHandle(long buffer, long handle) {
        return apartment.call(() -> set.call(GET_BUFFER_HANDLE, buffer, handle));
    }

    @Override
    public int mapBufferHandle(int handle, long buffer) {
        return apartment.call(() -> set.call(MAP_BUFFER_HANDLE, handle, buffer));
    }

    @Override
    public int signalAbort() {
        return apartment.call(() -> set.call(SIGNAL_ABORT));
    }

    @Override
    public int close() {
        return apartment.call(() -> set.call(CLOSE));
    }

    @Override
    public int getCommand(long device, long timeoutMillis, long command) {
        int entered = apartment.enter();
        if (entered < 0) {
            return apartment.elsewhere(entered, () -> getCommand(device, timeoutMillis, command));
        }
        try {
            return device(device).call(GET_COMMAND, Arguments.timeout(timeoutMillis), command);
        } finally {
            apartment.leave();
        }
    }

    @Override
    public int completeCommand(
            long device, long command, int completionCode, int bytesTransferred, long position) {
        int entered = apartment.enter();
        if (entered < 0) {
            return apartment.elsewhere(
                    entered,
                    () ->
                            completeCommand(
                                    device, command, completionCode, bytesTransferred, position));
        }
        try {
            return device(device)
                    .call(COMPLETE_COMMAND, command, completionCode, bytesTransferred, position);
        } finally {
            apartment.leave();
        }
    }

    @Override
    public void releaseDevice(long device) {
        ComObject released = take(device);
        apartment.call(released::Release);
    }

    @Override
    public void release() {
        apartment.call(set::Release);
        keeper.close();
    }

    private synchronized void add(ComObject opened) {
        ComObject[] more = Arrays.copyOf(devices, devices.length + 1);
        more[devices.length] = opened;
        devices = more;
    }

    private synchronized ComObject take(long device) {
        ComObject taken = device(device);
        devices =
                Arrays.stream(devices)
                        .filter(each -> each.address() != device)
                        .toArray(ComObject[]::new);
        return taken;
    }

    private ComObject device(long address) {
        for (ComObject device : devices) {
            if (device.address() == address) {
                return device;
            }
        }
        throw new IllegalArgumentException("0x%X is no open device of this set".formatted(address));
    }
}
