package dev.sluice.sql;

/** How the server compresses a backup, before its bytes reach the devices. */
public sealed interface Compression {

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
