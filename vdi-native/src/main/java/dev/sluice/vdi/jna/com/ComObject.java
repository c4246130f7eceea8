package dev.sluice.vdi.jna.com;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.COM.Unknown;

/**
 * One reference to a COM object, ended by {@link #close()}. Methods are called by their slot in the
 * vtable, on whatever thread: each call enters the apartment and leaves it.
 *
 * <p>Numbers are passed boxed, addresses as longs. For each call JNA allocates a copy of the
 * arguments and boxes the result: with our array and boxes some 200 bytes, all dead on return.
 * {@code COMInvoker} itself would also make a function object, with its address as text, for each
 * call; so here the functions are looked up once.
 */
final class ComObject extends Unknown implements AutoCloseable {

    private static final int RELEASE = 2;

    private final Apartment apartment;
    private final Function[] functions;

    /**
     * Takes a reference over.
     *
     * @param slots how many methods the interface has, those of IUnknown included
     */
    ComObject(Apartment apartment, Pointer object, int slots) {
        super(object);
        this.apartment = apartment;
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
     * @return what the method returned, or COM's refusal to let the thread into the apartment
     */
    int call(int slot, Object... arguments) {
        int entered = apartment.enter();
        if (entered < 0) {
            return apartment.elsewhere(entered, () -> call(slot, arguments));
        }
        try {
            return _invokeNativeInt(slot, withObject(arguments));
        } finally {
            apartment.leave();
        }
    }

    private Object[] withObject(Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = getPointer();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Override
    protected int _invokeNativeInt(int slot, Object[] arguments) {
        return functions[slot].invokeInt(arguments);
    }

    /** Gives the reference up; the object must not be called afterwards. */
    @Override
    public void close() {
        call(RELEASE);
    }
}
