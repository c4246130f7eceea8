package dev.sluice.ui.common;

import dev.sluice.job.ToolVersion;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

/**
 * What a defect of the window's code leaves for those who mend it.
 *
 * @param code the same for the same defect, wherever it happens
 * @param text versions and the way to the defect, to be copied
 */
public record CrashReport(String code, String text) {

    /** The frames that tell one defect from another. */
    private static final int FRAMES = 4;

    /** The report of a defect. */
    public static CrashReport of(Throwable defect, Instant when) {
        String code = "SW-%08X".formatted(fingerprint(defect));
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.printf("%s%n%s%n", code, when);
        out.printf("Sluice %s, Java %s, ", ToolVersion.get(), Runtime.version());
        out.printf(
                "JavaFX %s, %s %s%n",
                System.getProperty("javafx.runtime.version"),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        defect.printStackTrace(out);
        return new CrashReport(code, text.toString());
    }

    // lines move with every version, methods do not
    private static int fingerprint(Throwable defect) {
        StringBuilder way = new StringBuilder(defect.getClass().getName());
        StackTraceElement[] frames = defect.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            way.append(frames[i].getClassName()).append('.').append(frames[i].getMethodName());
        }
        return way.toString().hashCode();
    }
}
