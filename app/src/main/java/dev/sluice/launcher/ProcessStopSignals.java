package dev.sluice.launcher;

import dev.sluice.cli.StopSignals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The signals of this process: SIGINT and SIGTERM.
 *
 * <p>A shutdown hook would hear the first Ctrl-C only. {@code sun.misc.Signal} of the supported
 * module {@code jdk.unsupported} hears them all, but cannot be named in source without a warning
 * that nothing silences, so it is reached by reflection.
 */
final class ProcessStopSignals implements StopSignals {

    private static final Map<String, String> ASKED_BY =
            Map.of("INT", "Ctrl-C", "TERM", "the system's request to end (SIGTERM)");

    @Override
    public Listening listen(Consumer<String> listener) {
        Consumer<String> oneAtATime = serial(listener);
        Deque<Runnable> undo = new ArrayDeque<>();
        ASKED_BY.forEach((signal, who) -> undo.push(handle(signal, () -> oneAtATime.accept(who))));
        return () -> undo.forEach(Runnable::run);
    }

    /** Each signal comes on a thread of its own. */
    private static Consumer<String> serial(Consumer<String> listener) {
        Object turn = new Object();
        return who -> {
            synchronized (turn) {
                listener.accept(who);
            }
        };
    }

    private static Runnable handle(String name, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Object before =
                    signals.getMethod("handle", signals, handlers)
                            .invoke(null, signal, proxy(handlers, action));
            return () -> restore(signals, handlers, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java does not let a program hear SIG" + name, e);
        }
    }

    private static Object proxy(Class<?> handlers, Runnable action) {
        InvocationHandler handler =
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> arguments != null && self == arguments[0];
                            default -> "stop on " + method.getName();
                        };
        return Proxy.newProxyInstance(
                handlers.getClassLoader(), new Class<?>[] {handlers}, handler);
    }

    private static void restore(Class<?> signals, Class<?> handlers, Object signal, Object before) {
        try {
            signals.getMethod("handle", signals, handlers).invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the handler of " + signal + " was not restored", e);
        }
    }
}
