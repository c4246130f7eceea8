package dev.sluice.vdi.jna.com;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.ptr.PointerByReference;

import dev.sluice.vdi.jna.DoubleControl;

/**
 * The servers of a double that is no COM library: their objects have the vtables of COM, but nobody
 * keeps apartments.
 */
public final class ServersOfDouble implements ComRuntime {

    private static final int S_OK = 0;

    private final DoubleControl control;

    /**
     * @param control makes the objects
     */
    public ServersOfDouble(DoubleControl control) {
        this.control = control;
    }

    @Override
    public int coInitializeEx(int concurrencyModel) {
        return S_OK;
    }

    @Override
    public void coUninitialize() {
        // there is nothing to leave
    }

    @Override
    public int coCreateInstance(
            GUID classId, int context, GUID interfaceId, PointerByReference object) {
        object.setValue(new Pointer(control.newServer()));
        return S_OK;
    }
}
