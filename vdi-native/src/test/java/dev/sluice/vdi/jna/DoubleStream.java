package dev.sluice.vdi.jna;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A running server of a double that streams data on its own threads; {@code control.h} has its
 * options and its results. Made by {@link DoubleControl#stream}; safe from any thread.
 */
public final class DoubleStream {

    private static final int RESULT = 65536;

    private final DoubleControl.Functions functions;
    private final long handle;

    DoubleStream(DoubleControl.Functions functions, long handle) {
        this.functions = functions;
        this.handle = handle;
    }

    /** The server aborts. */
    public void abort() {
        functions.sluice_double_stream_abort(handle);
    }

    /**
     * Waits for the server's end; once.
     *
     * @throws AssertionError when it does not come in time
     */
    public Result join(Duration limit) {
        byte[] text = new byte[RESULT];
        int length = functions.sluice_double_stream_join(handle, limit.toMillis(), text, RESULT);
        if (length < 0) {
            throw new AssertionError("The double's server has not ended within " + limit);
        }
        return Result.of(new String(text, 0, Math.min(length, RESULT - 1), StandardCharsets.UTF_8));
    }

    /**
     * How it went.
     *
     * @param values all values by name
     */
    public record Result(Map<String, String> values) {

        private static Result of(String text) {
            Map<String, String> values = new HashMap<>();
            text.lines()
                    .forEach(
                            line -> {
                                int equals = line.indexOf('=');
                                values.put(line.substring(0, equals), line.substring(equals + 1));
                            });
            return new Result(Map.copyOf(values));
        }

        /** One word: {@code ok} or what went wrong. */
        public String verdict() {
            return text("verdict");
        }

        /** What happened first, for people; empty when all went well. */
        public String failure() {
            return text("failure");
        }

        /** Bytes transferred by a device, 0 the first. */
        public long bytes(int device) {
            return Long.parseLong(text("device." + device + ".bytes"));
        }

        /** Bytes transferred by so many devices. */
        public long totalBytes(int devices) {
            return IntStream.range(0, devices).mapToLong(this::bytes).sum();
        }

        /** Commands of a device that were answered with a completion code. */
        public long answers(int device, int code) {
            return Long.parseLong(values.getOrDefault("device." + device + ".code." + code, "0"));
        }

        private String text(String name) {
            return values.getOrDefault(name, "");
        }
    }
}
