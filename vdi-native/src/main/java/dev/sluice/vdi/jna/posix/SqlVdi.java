package dev.sluice.vdi.jna.posix;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The member functions of {@code ClientVirtualDeviceSet}, each by its symbol and with the object as
 * its first argument; those of its devices are in {@link DeviceCalls}. Pointers, {@code time_t} and
 * {@code unsigned long} have 8 bytes. The mapping of a class is one for the whole process, so that
 * it uses one library for as long as it lives.
 */
final class SqlVdi {

    @Retention(RetentionPolicy.RUNTIME)
    private @interface Symbol {
        String value();
    }

    /**
     * Everything it needs must be there now, not when it is called; nobody else sees its symbols.
     */
    private static final int RTLD_NOW = 2;

    private static final FunctionMapper SYMBOLS = (library, method) -> symbol(method);

    private SqlVdi() {}

    @Symbol("_ZN22ClientVirtualDeviceSetC1Ev")
    static native void construct(long set);

    @Symbol("_ZN22ClientVirtualDeviceSetD1Ev")
    static native void destruct(long set);

    @Symbol("_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig")
    static native int create(long set, long name, long configuration);

    @Symbol("_ZN22ClientVirtualDeviceSet16GetConfigurationElP8VDConfig")
    static native int getConfiguration(long set, long timeout, long configuration);

    @Symbol("_ZN22ClientVirtualDeviceSet10OpenDeviceEPcPP19ClientVirtualDevice")
    static native int openDevice(long set, long name, long device);

    @Symbol("_ZN22ClientVirtualDeviceSet5CloseEv")
    static native int close(long set);

    @Symbol("_ZN22ClientVirtualDeviceSet11SignalAbortEv")
    static native int signalAbort(long set);

    @Symbol("_ZN22ClientVirtualDeviceSet15OpenInSecondaryEPc")
    static native int openInSecondary(long set, long name);

    @Symbol("_ZN22ClientVirtualDeviceSet15GetBufferHandleEPhPj")
    static native int getBufferHandle(long set, long buffer, long handle);

    @Symbol("_ZN22ClientVirtualDeviceSet15MapBufferHandleEiPPh")
    static native int mapBufferHandle(long set, int handle, long buffer);

    /**
     * Opens a library, for as long as the result is reachable.
     *
     * @throws UnsatisfiedLinkError with the loader's words
     */
    static NativeLibrary open(String path) {
        return NativeLibrary.getInstance(
                path,
                Map.of(
                        Library.OPTION_FUNCTION_MAPPER,
                        SYMBOLS,
                        Library.OPTION_OPEN_FLAGS,
                        RTLD_NOW));
    }

    /** The symbols that a library should have and has not. */
    static List<String> missing(NativeLibrary library) {
        List<String> symbols = new ArrayList<>(DeviceCalls.SYMBOLS);
        for (Method method : SqlVdi.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Symbol.class)) {
                symbols.add(symbol(method));
            }
        }
        symbols.removeIf(symbol -> has(library, symbol));
        return symbols;
    }

    private static boolean has(NativeLibrary library, String symbol) {
        try {
            return library.getGlobalVariableAddress(symbol) != null;
        } catch (UnsatisfiedLinkError notThere) {
            return false;
        }
    }

    private static String symbol(Method method) {
        return Objects.requireNonNull(method.getAnnotation(Symbol.class)).value();
    }

    /** Makes this class call a library that has every symbol; once. */
    static void use(NativeLibrary library) {
        Native.register(SqlVdi.class, library);
    }
}
