package dev.sluice.doctor;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths as a shell takes them, for commands to copy. */
final class CommandLines {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:\\\\-]+");

    private CommandLines() {}

    /** The path as one argument. */
    static String quoted(Path path, Machine.Platform platform) {
        String text = path.toString();
        if (PLAIN.matcher(text).matches() && !text.startsWith("-")) {
            return text;
        }
        return platform == Machine.Platform.WINDOWS
                ? '"' + text + '"'
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
