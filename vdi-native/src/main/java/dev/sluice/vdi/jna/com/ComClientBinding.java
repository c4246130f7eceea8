package dev.sluice.vdi.jna.com;

import com.sun.jna.Pointer;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * {@code IClientVirtualDeviceSet2} and its {@code IClientVirtualDevice}s (vdi-facts B.2, B.3),
 * called on whatever thread.
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
     * Makes an object of the library's class.
     *
     * @throws VdiException with COM's number when the library refuses
     */
    ComClientBinding(Apartment apartment) throws VdiException {
        this.apartment = apartment;
        this.keeper = new ApartmentKeeper(apartment);
        try {
            this.set = VdiClass.CLIENT_DEVICE_SET.create(apartment);
        } catch (VdiException refusal) {
            keeper.close();
            throw refusal;
        }
    }

    @Override
    public int create(@Nullable String instanceName, String setName, long configuration) {
        try (Arena arena = Arena.ofConfined()) {
            return set.call(
                    CREATE_EX,
                    Arguments.instance(instanceName, arena),
                    Arguments.wide(setName, arena),
                    configuration);
        }
    }

    @Override
    public int openInSecondary(@Nullable String instanceName, String setName) {
        try (Arena arena = Arena.ofConfined()) {
            return set.call(
                    OPEN_IN_SECONDARY_EX,
                    Arguments.instance(instanceName, arena),
                    Arguments.wide(setName, arena));
        }
    }

    @Override
    public int getConfiguration(long timeoutMillis, long configuration) {
        return set.call(GET_CONFIGURATION, Arguments.timeout(timeoutMillis), configuration);
    }

    @Override
    public int openDevice(String name, long device) {
        try (Arena arena = Arena.ofConfined()) {
            int status = set.call(OPEN_DEVICE, Arguments.wide(name, arena), device);
            if (status == VdiStatus.NOERROR.hresult()) {
                Pointer opened = new Pointer(device).getPointer(0);
                add(new ComObject(apartment, opened, DEVICE_SLOTS));
            }
            return status;
        }
    }

    @Override
    public int getBufferHandle(long buffer, long handle) {
        return set.call(GET_BUFFER_HANDLE, buffer, handle);
    }

    @Override
    public int mapBufferHandle(int handle, long buffer) {
        return set.call(MAP_BUFFER_HANDLE, handle, buffer);
    }

    @Override
    public int signalAbort() {
        return set.call(SIGNAL_ABORT);
    }

    @Override
    public int close() {
        return set.call(CLOSE);
    }

    @Override
    public int getCommand(long device, long timeoutMillis, long command) {
        return device(device).call(GET_COMMAND, Arguments.timeout(timeoutMillis), command);
    }

    @Override
    public int completeCommand(
            long device, long command, int completionCode, int bytesTransferred, long position) {
        return device(device)
                .call(COMPLETE_COMMAND, command, completionCode, bytesTransferred, position);
    }

    @Override
    public void releaseDevice(long device) {
        take(device).close();
    }

    @Override
    public void release() {
        set.close();
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
