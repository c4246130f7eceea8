package dev.sluice.vdi.jna.com;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.platform.win32.Ole32;
import com.sun.jna.ptr.PointerByReference;

/**
 * The COM library of Windows. Entering and leaving an apartment come with every call of the
 * interface, so these two are mapped directly, which allocates nothing.
 */
final class Ole32Runtime implements ComRuntime {

    static {
        Native.register(Ole32Runtime.class, "ole32");
    }

    @Override
    public int coInitializeEx(int concurrencyModel) {
        return CoInitializeEx(0, concurrencyModel);
    }

    @Override
    public void coUninitialize() {
        CoUninitialize();
    }

    @Override
    public int coCreateInstance(
            GUID classId, int context, GUID interfaceId, PointerByReference object) {
        return Ole32.INSTANCE
                .CoCreateInstance(classId, null, context, interfaceId, object)
                .intValue();
    }

    private static native int CoInitializeEx(long reserved, int concurrencyModel);

    private static native void CoUninitialize();
}
