package dev.sluice.vdi.jna.com;

import com.sun.jna.CallbackProxy;
import com.sun.jna.CallbackReference;
import com.sun.jna.Pointer;

import dev.sluice.vdi.protocol.VdsCommandLayout;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The completion routine of every command this process sends: one native function, alive as long as
 * the process, and the native memory of the commands. A command says in its completionContext, by
 * number, which {@link Send} it is. Memory is used again when the library is done with it, and
 * never freed: what a library might still touch stays valid whatever happens. Safe from any thread.
 */
final class CompletionRoutine implements CallbackProxy {

    private static final Class<?>[] PARAMETERS = {Pointer.class};

    static final CompletionRoutine OF_THIS_PROCESS = new CompletionRoutine();

    private final long address = Pointer.nativeValue(CallbackReference.getFunctionPointer(this));
    private final Deque<Send> idle = new ArrayDeque<>();

    /** Replaced, never changed. */
    private volatile Send[] sends = {};

    private CompletionRoutine() {}

    /** Where commands have the routine's address from. */
    long address() {
        return address;
    }

    /** A place for one command; recycles itself when the library is done with it. */
    synchronized Send take() {
        Send free = idle.pollLast();
        return free == null ? add() : free;
    }

    private Send add() {
        int number = sends.length;
        Send[] more = Arrays.copyOf(sends, number + 1);
        more[number] = new Send(this, number);
        sends = more;
        return more[number];
    }

    synchronized void recycle(Send done) {
        idle.addLast(done);
    }

    /** All places, used and free. */
    Send[] sends() {
        return sends;
    }

    /** Called by the library, on the agent's thread or the sender's. */
    @Override
    public Object callback(Object[] arguments) {
        Pointer command = (Pointer) arguments[0];
        sends[(int) command.getLong(VdsCommandLayout.COMPLETION_CONTEXT)].calledBack();
        return 0;
    }

    @Override
    public Class<?>[] getParameterTypes() {
        return PARAMETERS;
    }

    @Override
    public Class<?> getReturnType() {
        return void.class;
    }
}
