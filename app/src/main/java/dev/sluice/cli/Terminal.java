package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the command line writes to.
 *
 * @param out for what was asked for
 * @param err for errors, and for everything about a job when {@code out} carries JSON
 * @param live whether the job may be redrawn in place; otherwise plain lines without escapes
 * @param charset the encoding of both
 * @param columns width, at least 20
 * @param rows height, at least 8
 */
public record Terminal(
        PrintWriter out, PrintWriter err, boolean live, Charset charset, int columns, int rows) {

    private static final Path DEVICE = Path.of("/dev/tty");
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    /** A pipe or a file: plain lines. */
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, StandardCharsets.UTF_8, USUAL_COLUMNS, USUAL_ROWS);
    }

    /** The one this process was started from. */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean live = isLive(environment);
        int[] size = live ? size(environment) : new int[] {USUAL_ROWS, USUAL_COLUMNS};
        return new Terminal(
                writer(System.out),
                writer(System.err),
                live,
                System.out.charset(),
                Math.max(20, size[1]),
                Math.max(8, size[0]));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    // Java 25 went back to answering null when input or output is no terminal
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isLive(Map<String, String> environment) {
        Console console = System.console();
        return console != null
                && console.isTerminal()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    private static int[] size(Map<String, String> environment) {
        int[] asked = Files.isWritable(DEVICE) ? askDevice() : new int[2];
        return new int[] {
            asked[0] > 0 ? asked[0] : number(environment.get("LINES"), USUAL_ROWS),
            asked[1] > 0 ? asked[1] : number(environment.get("COLUMNS"), USUAL_COLUMNS)
        };
    }

    /** Rows and columns of the controlling terminal; zeros when it does not tell. */
    private static int[] askDevice() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(DEVICE.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return new int[2];
            }
            String[] words =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip()
                            .split(" ");
            return words.length == 2
                    ? new int[] {number(words[0], 0), number(words[1], 0)}
                    : new int[2];
        } catch (IOException e) {
            // no such tool: the usual size serves
            return new int[2];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new int[2];
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : otherwise;
    }
}
