package dev.sluice.sql;

import static dev.sluice.sql.BackupSketch.backup;
import static dev.sluice.sql.RestoreSketch.restore;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whatever a text is, the statement has the tokens that it has for plain texts, and each text comes
 * back from its quotes.
 */
class HostileTextTest {

    private static final int SLOTS = 9;
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 20, 22, 0);

    private static final String[] PIECES = {
        "]",
        "]]",
        "[",
        "'",
        "''",
        "N'",
        "\"",
        "\n",
        "\r\n",
        "\nGO\n",
        "\t",
        "\0",
        " ",
        "--",
        "/*",
        "*/",
        ";",
        ",",
        "=",
        "(",
        ")",
        "%s",
        "$1",
        "\\",
        "?",
        "{d '",
        "@x",
        "😀",
        "é",
        "e\u0301",
        "\u02bc",
        "\u2019",
        "\uff07",
        "\uff3d",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u0085",
        "\u2028",
        " TO ",
        " WITH ",
        "DROP DATABASE Sales",
        "x"
    };

    /** Statements that have, all together, texts in every place there is. */
    private enum Shape {
        FILES,
        PARTIAL,
        TAIL,
        MOVED,
        MARKED,
        VERIFIED,
        CLOSED,
        REOPENED;

        String statement(List<String> texts) {
            return switch (this) {
                case FILES, PARTIAL, TAIL -> backup(type(), b -> fill(b, texts)).toSql();
                case MOVED, MARKED, VERIFIED -> restore(kind(), r -> fill(r, texts)).toSql();
                case CLOSED -> DatabaseAccess.close(texts.getFirst());
                case REOPENED ->
                        DatabaseAccess.reopen(texts.getFirst(), UserAccess.RESTRICTED_USER);
            };
        }

        private BackupType type() {
            return switch (this) {
                case TAIL -> BackupType.LOG;
                case PARTIAL -> BackupType.DIFFERENTIAL;
                default -> BackupType.FULL;
            };
        }

        private RestoreStatement.Kind kind() {
            return switch (this) {
                case MARKED -> RestoreStatement.Kind.LOG;
                case VERIFIED -> RestoreStatement.Kind.VERIFYONLY;
                default -> RestoreStatement.Kind.DATABASE;
            };
        }

        private void fill(BackupSketch backup, List<String> texts) {
            backup.database = texts.get(0);
            backup.devices = texts.subList(1, 3);
            backup.name = texts.get(3);
            backup.description = texts.get(4);
            backup.scope =
                    switch (this) {
                        case FILES -> new Scope.Files(texts.subList(5, 7), texts.subList(7, 9));
                        case PARTIAL -> new Scope.ReadWriteFilegroups(texts.subList(5, 9));
                        default -> new Scope.WholeDatabase();
                    };
        }

        private void fill(RestoreSketch restore, List<String> texts) {
            restore.devices = texts.subList(1, 3);
            if (this == MARKED) {
                restore.database = texts.get(0);
                restore.scope = new Scope.Files(texts.subList(3, 5), texts.subList(5, 7));
                restore.stopAt = new StopAt.AtMark(texts.get(7), TIME);
                return;
            }
            restore.moves =
                    List.of(
                            new RestoreStatement.Move(texts.get(3), texts.get(4)),
                            new RestoreStatement.Move(texts.get(5), texts.get(6)));
            if (this == MOVED) {
                restore.database = texts.get(0);
                restore.recovery = new Recovery.Standby(texts.get(7));
            }
        }

        List<TSqlTokens.Token> tokens(List<String> texts) {
            return TSqlTokens.of(statement(texts));
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> pieces = Arbitraries.of(PIECES);
        Arbitrary<String> composed =
                Arbitraries.oneOf(pieces, Arbitraries.strings().ofLength(1))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(128)
                        .map(list -> String.join("", list));
        Arbitrary<String> longest = pieces.map(piece -> piece.repeat(128));
        return Arbitraries.oneOf(composed, longest)
                .map(text -> text.substring(0, Math.min(128, text.length())))
                .filter(text -> !text.isBlank())
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .list()
                .ofSize(SLOTS)
                .uniqueElements();
    }

    @Property
    void noTextLeavesItsQuotes(@ForAll Shape shape, @ForAll("texts") List<String> texts) {
        List<String> plain = IntStream.range(0, SLOTS).mapToObj(slot -> "slot " + slot).toList();
        Stream<TSqlTokens.Token> expected =
                shape.tokens(plain).stream()
                        .map(
                                token -> {
                                    int slot = plain.indexOf(token.content());
                                    return slot < 0
                                            ? token
                                            : new TSqlTokens.Token(token.kind(), texts.get(slot));
                                });
        assertThat(shape.tokens(texts)).containsExactlyElementsOf(expected.toList());
    }

    @Property
    void everyTimeIsWrittenToTheMillisecond(
            @ForAll @LongRange(min = -6847804800L, max = 253402300799L) long second,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nano) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, (int) nano, ZoneOffset.UTC);
        List<TSqlTokens.Token> tokens =
                TSqlTokens.of(
                        restore(RestoreStatement.Kind.LOG, r -> r.stopAt = new StopAt.Time(time))
                                .toSql());
        String written = tokens.getLast().content();
        assertThat(written).hasSize(23);
        assertThat(LocalDateTime.parse(written)).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS));
    }
}
