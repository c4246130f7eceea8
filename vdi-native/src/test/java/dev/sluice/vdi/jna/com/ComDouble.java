package dev.sluice.vdi.jna.com;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.ptr.PointerByReference;

import java.nio.file.Path;

/** COM, as far as the double of {@code sqlvdi.dll} brings it along. */
public final class ComDouble implements ComRuntime {

    /** The exported functions. The module does not pass JNA on to its users, and tests need not. */
    @SuppressWarnings("exports")
    public interface Functions extends Library {

        /** As in combaseapi.h. */
        int CoInitializeEx(Pointer reserved, int concurrencyModel);

        /** As in combaseapi.h. */
        void CoUninitialize();

        /** As in combaseapi.h. */
        int CoCreateInstance(
                GUID classId, Pointer outer, int context, GUID iid, PointerByReference object);
    }

    private final Functions functions;

    /**
     * @param library {@link dev.sluice.vdi.jna.Doubles#comLibrary()}
     */
    public ComDouble(Path library) {
        functions = Native.load(library.toString(), Functions.class);
    }

    @Override
    public int coInitializeEx(int concurrencyModel) {
        return functions.CoInitializeEx(Pointer.NULL, concurrencyModel);
    }

    @Override
    public void coUninitialize() {
        functions.CoUninitialize();
    }

    @Override
    public int coCreateInstance(
            GUID classId, int context, GUID interfaceId, PointerByReference object) {
        return functions.CoCreateInstance(classId, Pointer.NULL, context, interfaceId, object);
    }
}
