package dev.sluice.sql;

import java.util.Locale;
import java.util.stream.Stream;

/** How the server compresses a backup, before its bytes reach the devices. */
public sealed interface Compression {

    /** What {@link #of} understands, for people. */
    String WORDS =
            "none, on, ms_xpress, qat_deflate or zstd, the last three with :low, :medium or :high";

    /** The word for it on the command line and in files; empty for the server's default. */
    default String word() {
        return switch (this) {
            case ServerDefault _ -> "";
            case None _ -> "none";
            case On _ -> "on";
            case With with -> {
                String algorithm = with.algorithm().name().toLowerCase(Locale.ROOT);
                String level = with.level().name().toLowerCase(Locale.ROOT);
                yield with.level() == Level.DEFAULT ? algorithm : algorithm + ":" + level;
            }
        };
    }

    /**
     * The compression with this word, in any case; the server's default for an empty one.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Compression of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> new ServerDefault();
            case "none" -> new None();
            case "on" -> new On();
            default ->
                    Stream.of(Algorithm.values())
                            .flatMap(
                                    algorithm ->
                                            Stream.of(Level.values())
                                                    .map(level -> new With(algorithm, level)))
                            .filter(with -> with.word().equalsIgnoreCase(word))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "\"%s\" is no compression; use %s"
                                                            .formatted(word, WORDS)));
        };
    }

    /** As the server is configured. */
    record ServerDefault() implements Compression {}

    /** NO_COMPRESSION. */
    record None() implements Compression {}

    /** COMPRESSION, by the server's algorithm. */
    record On() implements Compression {}

    /**
     * COMPRESSION by an algorithm: SQL Server 2022 and later.
     *
     * @param algorithm which one
     * @param level how hard it tries; SQL Server 2025 and later for any but the default
     */
    record With(Algorithm algorithm, Level level) implements Compression {}

    /** An algorithm, by its name in T-SQL. */
    enum Algorithm {
        /** The algorithm of every version. */
        MS_XPRESS,
        /** Intel's QuickAssist, in hardware or software; SQL Server 2022 and later. */
        QAT_DEFLATE,
        /** Zstandard; SQL Server 2025 and later. */
        ZSTD
    }

    /** How hard an algorithm tries, by its name in T-SQL. */
    enum Level {
        /** Not given: the algorithm's own. */
        DEFAULT,
        /** Fast. */
        LOW,
        /** Between the others. */
        MEDIUM,
        /** Small. */
        HIGH
    }
}
