package dev.sluice.vdi.jna;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A loaded double's control functions; {@code src/test/native/control.h} is their contract. Safe
 * from any thread; the state behind it belongs to the process and the library.
 */
public final class DoubleControl {

    /** When an ordered abort comes. */
    public enum Moment {
        /** Just before the client fetches the command. */
        BEFORE_FETCH(0),
        /** As the client fetches the command, so that it has it in its hands. */
        IN_HANDS(1),
        /** When the client completes the command. */
        AT_COMPLETION(2);

        private final int number;

        Moment(int number) {
            this.number = number;
        }
    }

    /** The exported functions. The module does not pass JNA on to its users, and tests need not. */
    @SuppressWarnings("exports")
    public interface Functions extends Library {

        /** See control.h. */
        int sluice_double_new_server(PointerByReference out);

        /** See control.h. */
        int sluice_double_server_die(String setName);

        /** See control.h. */
        long sluice_double_stream_start(String options);

        /** See control.h. */
        void sluice_double_stream_abort(long handle);

        /** See control.h. */
        int sluice_double_stream_join(long handle, long timeoutMillis, byte[] text, int length);

        /** See control.h. */
        void sluice_double_pattern(long seed, int device, long position, byte[] to, long length);

        /** See control.h. */
        long sluice_double_pattern_check(
                long seed, int device, long position, byte[] data, long length);

        /** See control.h. */
        long sluice_double_violations();

        /** See control.h. */
        int sluice_double_violation(long index, byte[] text, int length);

        /** See control.h. */
        long sluice_double_counter(String name);

        /** See control.h. */
        long sluice_double_cpu_nanos();

        /** See control.h. */
        void sluice_double_reset();

        /** See control.h. */
        int sluice_double_fail(String function, int nth, int times, int hresult);

        /** See control.h. */
        int sluice_double_delay(String function, int millis);

        /** See control.h. */
        void sluice_double_abort_at(String setName, int device, long command, int moment);

        /** See control.h. */
        void sluice_double_set_queue_depth(int depth);

        /** See control.h. */
        void sluice_double_set_strict_buffers(int on);

        /** See control.h. */
        void sluice_double_set_time_outs_in_seconds(int on);

        /** See control.h. */
        void sluice_double_set_server_is_other_user(int on);

        /** See control.h. */
        void sluice_double_add_instance(String name);

        /** See control.h. */
        void sluice_double_foreign_apartment(int inside);
    }

    private static final int TEXT = 512;

    private static final List<String> BALANCES =
            List.of(
                    "sets",
                    "server_sets",
                    "devices",
                    "server_devices",
                    "agents",
                    "references",
                    "apartments",
                    "mappings",
                    "mapped_bytes",
                    "files",
                    "calls_inside",
                    "closes_with_outstanding",
                    "outstanding");

    private final Functions functions;

    private DoubleControl(Functions functions) {
        this.functions = functions;
    }

    /** The control functions of a library of {@link Doubles}. */
    public static DoubleControl of(Path library) {
        return new DoubleControl(
                Native.load(
                        library.toString(),
                        Functions.class,
                        Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    }

    /** A new server's set object: the address of its COM interface, with one reference. */
    public long newServer() {
        PointerByReference out = new PointerByReference();
        functions.sluice_double_new_server(out);
        return Pointer.nativeValue(out.getValue());
    }

    /** Stops this process's server ends of a set as if their process had been killed. */
    public int serverDie(String setName) {
        return functions.sluice_double_server_die(setName);
    }

    /**
     * Starts a server that streams on its own threads.
     *
     * @param options name=value each
     * @throws IllegalArgumentException when an option is unknown or makes no sense
     */
    public DoubleStream stream(String... options) {
        long handle = functions.sluice_double_stream_start(String.join("\n", options));
        if (handle == 0) {
            throw new IllegalArgumentException(
                    "The double refused its stream's options: " + violations().getLast());
        }
        return new DoubleStream(functions, handle);
    }

    /** A part of a device's stream. */
    public byte[] pattern(long seed, int device, long position, int length) {
        byte[] part = new byte[length];
        functions.sluice_double_pattern(seed, device, position, part, length);
        return part;
    }

    /** The index of the first byte that is not the stream's, or -1. */
    public long findMismatch(long seed, int device, long position, byte[] data) {
        return functions.sluice_double_pattern_check(seed, device, position, data, data.length);
    }

    /** What rules callers broke since the last reset. */
    public List<String> violations() {
        List<String> texts = new ArrayList<>();
        byte[] text = new byte[TEXT];
        for (long i = 0; i < functions.sluice_double_violations(); i++) {
            int length = functions.sluice_double_violation(i, text, TEXT);
            texts.add(new String(text, 0, Math.min(length, TEXT - 1), StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** A counter by its name in control.h. */
    public long counter(String name) {
        return functions.sluice_double_counter(name);
    }

    /** Processor time of this process so far, all threads, in nanoseconds. */
    public long cpuNanos() {
        return functions.sluice_double_cpu_nanos();
    }

    /** The counters that must be as before when everything is closed again, by name. */
    public Map<String, Long> balances() {
        Map<String, Long> balances = new TreeMap<>();
        BALANCES.forEach(name -> balances.put(name, counter(name)));
        return balances;
    }

    /** Forgets violations, faults, delays and settings. */
    public void reset() {
        functions.sluice_double_reset();
    }

    /** The nth call from now and those after it, {@code times} in all, fail at once. */
    public void fail(String function, int nth, int times, int hresult) {
        requireKnown(function, functions.sluice_double_fail(function, nth, times, hresult));
    }

    /** The next call fails at once. */
    public void failNext(String function, int hresult) {
        fail(function, 1, 1, hresult);
    }

    /** Every call takes longer; 0 ends it. */
    public void delay(String function, int millis) {
        requireKnown(function, functions.sluice_double_delay(function, millis));
    }

    private static void requireKnown(String function, int known) {
        if (known == 0) {
            throw new IllegalArgumentException("The double has no function " + function);
        }
    }

    /**
     * Aborts a set, as its server would, at a command of a device.
     *
     * @param setName empty for any set
     * @param device 0 for the first
     * @param command 1 for the first
     */
    public void abortAt(String setName, int device, long command, Moment moment) {
        functions.sluice_double_abort_at(setName, device, command, moment.number);
    }

    /** Commands a device takes before the client has completed one: 1 to 64. */
    public void setQueueDepth(int depth) {
        functions.sluice_double_set_queue_depth(depth);
    }

    /** Whether a buffer can be accessed by the client only while it has the command. */
    public void setStrictBuffers(boolean strict) {
        functions.sluice_double_set_strict_buffers(strict ? 1 : 0);
    }

    /** Whether libsqlvdi.so takes time-outs for seconds. */
    public void setTimeOutsInSeconds(boolean seconds) {
        functions.sluice_double_set_time_outs_in_seconds(seconds ? 1 : 0);
    }

    /** Whether the server runs as another user of the same group. */
    public void setServerIsOtherUser(boolean other) {
        functions.sluice_double_set_server_is_other_user(other ? 1 : 0);
    }

    /** Makes an instance besides the default one known. */
    public void addInstance(String name) {
        functions.sluice_double_add_instance(name);
    }

    /**
     * Whether another part of the program has the calling thread in a single-threaded apartment.
     */
    public void foreignApartment(boolean inside) {
        functions.sluice_double_foreign_apartment(inside ? 1 : 0);
    }
}
