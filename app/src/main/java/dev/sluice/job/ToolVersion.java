package dev.sluice.job;

import dev.sluice.words.Told;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.Properties;

/** The version of this Sluice. */
public final class ToolVersion {

    private static final String BUILD = "build.properties";

    private ToolVersion() {}

    /** As the build gave it to the module. */
    public static String get() {
        return told().english();
    }

    /** The same, for people. */
    public static Told told() {
        return Optional.ofNullable(ToolVersion.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .map(Told::asIs)
                .orElse(Told.of("version.none"));
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
