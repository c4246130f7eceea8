package dev.sluice.vdi.jna.com;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.COM.Unknown;

/**
 * One reference to a COM object, ended by {@link #close()}. Methods are called by their slot in the
 * vtable, inside the apartment.
 *
 * <p>Numbers are passed boxed, addresses as longs. For each call JNA allocates a copy of the
 * arguments and boxes the result: with our array and boxes some 200 bytes, all dead on return.
 * {@code COMInvoker} itself would also make a function object, with its address as text, for each
 * call; so here the functions are looked up once.
 */
final class ComObject extends Unknown implements AutoCloseable {

    private final Function[] functions;

    /**
     * Takes a reference over.
     *
     * @param slots how many methods the interface has, those of IUnknown included
     */
    ComObject(Pointer object, int slots) {
        super(object);
        Pointer table = object.getPointer(0);
        functions = new Function[slots];
        for (int slot = 0; slot < slots; slot++) {
            functions[slot] =
                    Function.getFunction(table.getPointer((long) slot * Native.POINTER_SIZE));
        }
    }

    long address() {
        return Pointer.nativeValue(getPointer());
    }

    /**
     * Calls a method.
     *
     * @param arguments those after the object itself
     */
    int call(int slot, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = getPointer();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return _invokeNativeInt(slot, all);
    }

    @Override
    protected int _invokeNativeInt(int slot, Object[] arguments) {
        return functions[slot].invokeInt(arguments);
    }

    /** Gives the reference up; the object must not be called afterwards. */
    @Override
    public void close() {
        Release();
    }
}
