package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.ptr.PointerByReference;

/**
 * The three functions of the COM library that a client needs; each returns an HRESULT as the
 * library does. Safe from any thread.
 */
public interface ComRuntime {

    /** {@code CLSCTX_INPROC_SERVER}: the object lives in this process. */
    int IN_PROCESS = 0x1;

    /**
     * {@code CoInitializeEx}, for the calling thread.
     *
     * @param concurrencyModel {@code COINIT_MULTITHREADED} or another of the enumeration
     */
    int coInitializeEx(int concurrencyModel);

    /** {@code CoUninitialize}, for the calling thread. */
    void coUninitialize();

    /**
     * {@code CoCreateInstance}, without an outer object.
     *
     * @param context {@link #IN_PROCESS}
     * @param object set to the object, or to null on failure
     */
    int coCreateInstance(GUID classId, int context, GUID interfaceId, PointerByReference object);
}
