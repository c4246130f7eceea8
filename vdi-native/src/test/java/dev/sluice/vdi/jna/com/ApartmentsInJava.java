package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.Guid.GUID;
import com.sun.jna.ptr.PointerByReference;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Apartments as Windows keeps them, one count per thread, and no classes at all. A call that
 * Windows would not forgive is remembered.
 */
final class ApartmentsInJava implements ComRuntime {

    static final int S_OK = 0;
    static final int S_FALSE = 1;
    static final int E_OUTOFMEMORY = 0x8007000E;
    static final int REGDB_E_CLASSNOTREG = 0x80040154;

    private final Map<Thread, Integer> inside = new ConcurrentHashMap<>();
    private final Map<Thread, Boolean> singleThreaded = new ConcurrentHashMap<>();
    private volatile boolean exhausted;
    private volatile @Nullable Error failure;
    private volatile int creation = REGDB_E_CLASSNOTREG;
    final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    /** From now on no thread can enter. */
    ApartmentsInJava exhaust() {
        exhausted = true;
        return this;
    }

    /** From now on entering throws, as a library does that cannot be called. */
    void failWith(Error error) {
        failure = error;
    }

    /** What making an object returns from now on; a failure. */
    void answerCreationWith(int hresult) {
        creation = hresult;
    }

    /** Makes the calling thread one of a single-threaded apartment, as a window's thread is. */
    void becomeSingleThreaded() {
        singleThreaded.put(Thread.currentThread(), true);
    }

    /** How often the calling thread has entered and not left. */
    int depth() {
        return inside.getOrDefault(Thread.currentThread(), 0);
    }

    /** How many threads are inside. */
    int threadsInside() {
        return inside.size();
    }

    @Override
    public int coInitializeEx(int concurrencyModel) {
        if (concurrencyModel != 0) {
            violations.add("CoInitializeEx with model " + concurrencyModel);
        }
        Error thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        if (exhausted) {
            return E_OUTOFMEMORY;
        }
        if (singleThreaded.containsKey(Thread.currentThread())) {
            return Apartment.RPC_E_CHANGED_MODE;
        }
        return inside.merge(Thread.currentThread(), 1, Integer::sum) == 1 ? S_OK : S_FALSE;
    }

    @Override
    public void coUninitialize() {
        if (depth() == 0) {
            violations.add("CoUninitialize without CoInitializeEx");
        }
        inside.computeIfPresent(
                Thread.currentThread(), (thread, depth) -> depth == 1 ? null : depth - 1);
    }

    @Override
    public int coCreateInstance(
            GUID classId, int context, GUID interfaceId, PointerByReference object) {
        if (depth() == 0) {
            violations.add("CoCreateInstance outside an apartment");
        }
        return creation;
    }
}
