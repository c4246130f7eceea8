package dev.sluice.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A display of X11 that nobody sees, by Xvfb, which must be installed, as must xdotool. */
final class Screen implements AutoCloseable {

    private static final int PATIENCE = 120;

    private final Process server;
    private final String name;

    private Screen(Process server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Opens one under a number that is free. */
    static Screen open() throws IOException {
        Process server =
                new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out = server.inputReader(StandardCharsets.US_ASCII);
        String number = out.readLine();
        if (number == null) {
            throw new IOException("Xvfb did not start");
        }
        return new Screen(server, ":" + number);
    }

    /** What DISPLAY is to be. */
    String name() {
        return name;
    }

    /** Waits until a window of this process, with such a title, is on the screen. */
    void awaitWindow(Process owner, String title) throws IOException, InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        // a search fails when a window of the toolkit's own comes and goes under its eyes
        while (!found(owner, title, patience - System.nanoTime())) {
            if (!owner.isAlive() || System.nanoTime() > patience) {
                throw new IllegalStateException("no window \"" + title + "\" came");
            }
        }
    }

    private boolean found(Process owner, String title, long nanos)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                "xdotool",
                                "search",
                                "--sync",
                                "--onlyvisible",
                                "--pid",
                                Long.toString(owner.pid()),
                                "--name",
                                title));
        builder.environment().put("DISPLAY", name);
        Process search =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return search.waitFor(nanos, TimeUnit.NANOSECONDS) && search.exitValue() == 0;
        } finally {
            search.destroyForcibly();
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
