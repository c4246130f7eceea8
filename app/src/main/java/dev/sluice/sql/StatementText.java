package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the text of every statement, in one line, as SQL Server's documentation writes it. Names
 * and texts go through {@link TSql} only, so that none of them leaves its quotes.
 */
final class StatementText {

    /** ISO 8601, which means the same under every language and date format of a session. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final List<String> options = new ArrayList<>();

    private StatementText() {}

    static String of(BackupStatement statement) {
        BackupStatement.Options options = statement.options();
        return "BACKUP %s TO %s%s"
                .formatted(
                        target(
                                statement.type() == BackupType.LOG ? "LOG" : "DATABASE",
                                statement.database(),
                                statement.scope()),
                        devices(statement.devices()),
                        new StatementText()
                                .flag(statement.type() == BackupType.DIFFERENTIAL, "DIFFERENTIAL")
                                .flag(options.copyOnly(), "COPY_ONLY")
                                .flag(options.tail().noTruncate(), "NO_TRUNCATE")
                                .flag(options.tail().noRecovery(), "NORECOVERY")
                                .flag(options.format(), "FORMAT")
                                .option(compression(options.compression()))
                                .flag(options.checksum(), "CHECKSUM")
                                .option(sizes(options.transfer()))
                                .number("STATS", options.stats())
                                .text("NAME", options.name())
                                .text("DESCRIPTION", options.description())
                                .with());
    }

    static String of(RestoreStatement statement) {
        RestoreStatement.Options options = statement.options();
        String what = statement.kind().name();
        return "RESTORE %s FROM %s%s"
                .formatted(
                        statement.kind().restores()
                                ? target(what, statement.database(), statement.scope())
                                : what,
                        devices(statement.devices()),
                        new StatementText()
                                .number("FILE", options.file())
                                .flag(options.partial(), "PARTIAL")
                                .flag(options.replace(), "REPLACE")
                                .option(recovery(options.recovery()))
                                .option(stopAt(options.stopAt()))
                                .flag(options.checksum(), "CHECKSUM")
                                .option(moves(options.moves()))
                                .option(sizes(options.transfer()))
                                .number("STATS", options.stats())
                                .with());
    }

    private static String target(String what, String database, Scope scope) {
        String part = scope(scope);
        return what + " " + TSql.quoteName(database) + (part.isEmpty() ? "" : " " + part);
    }

    /** The list of files and filegroups; empty for a whole database. */
    static String scope(Scope scope) {
        return switch (scope) {
            case Scope.WholeDatabase _ -> "";
            case Scope.Files some ->
                    listed(named("FILE", some.files()), named("FILEGROUP", some.filegroups()));
            case Scope.ReadWriteFilegroups some ->
                    listed(Stream.of("READ_WRITE_FILEGROUPS"), named("FILEGROUP", some.readOnly()));
        };
    }

    private static String listed(Stream<String> first, Stream<String> second) {
        return Stream.concat(first, second).collect(Collectors.joining(", "));
    }

    private static String devices(List<String> devices) {
        return named("VIRTUAL_DEVICE", devices).collect(Collectors.joining(", "));
    }

    private static Stream<String> named(String keyword, List<String> names) {
        return names.stream().map(name -> keyword + " = " + TSql.quoteString(name));
    }

    /** RECOVERY is left to the server, whose default it is. */
    static String recovery(Recovery recovery) {
        return switch (recovery) {
            case Recovery.Recover _ -> "";
            case Recovery.NoRecovery _ -> "NORECOVERY";
            case Recovery.Standby standby -> "STANDBY = " + TSql.quoteString(standby.undoFile());
        };
    }

    /** Where a restore stops; empty for the end. */
    static String stopAt(StopAt stopAt) {
        return switch (stopAt) {
            case StopAt.End _ -> "";
            case StopAt.Time at -> "STOPAT = " + time(at.time());
            case StopAt.AtMark at -> "STOPATMARK = " + mark(at.mark(), at.after());
            case StopAt.BeforeMark at -> "STOPBEFOREMARK = " + mark(at.mark(), at.after());
        };
    }

    private static String mark(String mark, @Nullable LocalDateTime after) {
        return TSql.quoteString(mark) + (after == null ? "" : " AFTER " + time(after));
    }

    private static String time(LocalDateTime time) {
        return TSql.quoteString(TIME.format(time));
    }

    private static String compression(Compression compression) {
        return switch (compression) {
            case Compression.ServerDefault _ -> "";
            case Compression.None _ -> "NO_COMPRESSION";
            case Compression.On _ -> "COMPRESSION";
            case Compression.With with when with.level() == Compression.Level.DEFAULT ->
                    "COMPRESSION (ALGORITHM = %s)".formatted(with.algorithm());
            case Compression.With with ->
                    "COMPRESSION (ALGORITHM = %s, LEVEL = %s)"
                            .formatted(with.algorithm(), with.level());
        };
    }

    /** The sizes that are given; empty for none. */
    static String sizes(TransferOptions transfer) {
        return new StatementText()
                .number("BLOCKSIZE", transfer.blockSize())
                .number("BUFFERCOUNT", transfer.bufferCount())
                .number("MAXTRANSFERSIZE", transfer.maxTransferSize())
                .list();
    }

    /** The files that go elsewhere; empty for none. */
    static String moves(List<RestoreStatement.Move> moves) {
        return moves.stream()
                .map(
                        move ->
                                "MOVE %s TO %s"
                                        .formatted(
                                                TSql.quoteString(move.logicalName()),
                                                TSql.quoteString(move.path())))
                .collect(Collectors.joining(", "));
    }

    /** Adds an option as it is written; an empty one stands for "not given". */
    private StatementText option(String text) {
        return flag(!text.isEmpty(), text);
    }

    /** Adds an option that stands alone, when it is wanted. */
    private StatementText flag(boolean wanted, String keyword) {
        if (wanted) {
            options.add(keyword);
        }
        return this;
    }

    /** Adds an option with a number; zero stands for "not given". */
    private StatementText number(String keyword, int value) {
        return flag(value != 0, keyword + " = " + value);
    }

    /** Adds an option with a text; an empty one stands for "not given". */
    private StatementText text(String keyword, String value) {
        return flag(!value.isEmpty(), keyword + " = " + TSql.quoteString(value));
    }

    private String list() {
        return String.join(", ", options);
    }

    /** The WITH clause, with a blank before it; empty without options. */
    private String with() {
        return options.isEmpty() ? "" : " WITH " + list();
    }
}
