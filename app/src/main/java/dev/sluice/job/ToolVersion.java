package dev.sluice.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.Properties;

/** The version of this Sluice. */
public final class ToolVersion {

    private static final String BUILD = "build.properties";

    private ToolVersion() {}

    /** As the build gave it to the module. */
    public static String get() {
        ModuleDescriptor descriptor = ToolVersion.class.getModule().getDescriptor();
        return descriptor == null ? "unversioned" : descriptor.rawVersion().orElse("unversioned");
    }

    /**
     * The commit it was built from and the day of it in UTC, which stands for the day of the build:
     * who builds the same commit again gets the same bytes. For people; both are {@code unknown}
     * when the sources were built outside of their repository.
     */
    public static String build() {
        Properties build = new Properties();
        try (InputStream in = ToolVersion.class.getResourceAsStream(BUILD)) {
            if (in == null) {
                throw new IllegalStateException("this Sluice was put together without " + BUILD);
            }
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "commit %s, %s".formatted(build.getProperty("commit"), build.getProperty("date"));
    }
}
