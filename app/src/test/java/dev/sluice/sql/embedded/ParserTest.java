package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class ParserTest {

    private static final int RUNS = 3000;
    private static final List<String> PIECES =
            List.of(
                    "]", "[", "'", "\"", "\n", "--", "/*", "*/", ";", "N'", "😀", "é", " ", "a",
                    "%", "\\", "WITH", ",", "\t", "=");

    private static String hostile(Random random, int most) {
        StringBuilder text = new StringBuilder("x");
        while (text.length() < most && random.nextInt(12) != 0) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            if (text.length() + piece.length() <= most) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    private static List<String> devices(Random random) {
        Set<String> devices = new LinkedHashSet<>();
        int count = 1 + random.nextInt(64);
        while (devices.size() < count) {
            devices.add(hostile(random, 40) + devices.size());
        }
        return List.copyOf(devices);
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static TransferOptions transfer(Random random) {
        return new TransferOptions(
                random.nextBoolean() ? 0 : 512 << random.nextInt(8),
                random.nextInt(100),
                random.nextInt(65) * 65536);
    }

    @Test
    void readsBackWhatABackupDescriptionWrites() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < RUNS; i++) {
            BackupStatement statement =
                    new BackupStatement(
                            any(List.of(BackupType.values()), random),
                            hostile(random, 128),
                            devices(random),
                            new BackupStatement.Options(
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    transfer(random),
                                    random.nextInt(101),
                                    random.nextBoolean() ? "" : hostile(random, 128),
                                    random.nextBoolean() ? "" : hostile(random, 255)));
            assertThat(Parser.parse(statement.toSql())).isEqualTo(new Statement.Backup(statement));
        }
    }

    @Test
    void readsBackWhatARestoreDescriptionWrites() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < RUNS; i++) {
            RestoreStatement statement = restore(random);
            assertThat(Parser.parse(statement.toSql())).isEqualTo(new Statement.Restore(statement));
        }
    }

    private static RestoreStatement restore(Random random) {
        RestoreStatement.Kind kind = any(List.of(RestoreStatement.Kind.values()), random);
        boolean database = kind == RestoreStatement.Kind.DATABASE;
        List<RestoreStatement.Move> moves = new ArrayList<>();
        while (database && random.nextInt(3) == 0) {
            moves.add(new RestoreStatement.Move(hostile(random, 128), hostile(random, 250)));
        }
        return new RestoreStatement(
                kind,
                database ? hostile(random, 128) : "",
                devices(random),
                new RestoreStatement.Options(
                        random.nextInt(3),
                        random.nextBoolean(),
                        database && random.nextBoolean(),
                        database && random.nextBoolean(),
                        moves,
                        transfer(random),
                        random.nextInt(101)));
    }

    @Test
    void readsBackQuotedNames() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < RUNS; i++) {
            String name = hostile(random, 128);
            assertThat(Parser.parse("create database " + TSql.quoteName(name) + " ;"))
                    .isEqualTo(new Statement.CreateDatabase(name));
            assertThat(Parser.parse("DROP DATABASE " + TSql.quoteName(name)))
                    .isEqualTo(new Statement.DropDatabase(name));
        }
    }

    @Test
    void readsKeywordsInAnyCaseAndSkipsComments() throws Exception {
        assertThat(
                        Parser.parse(
                                """
                                backup Database Shop -- all of it
                                to virtual_device='s', VIRTUAL_DEVICE = N't' /* two */
                                with stats, init, no_compression\
                                """))
                .isEqualTo(
                        new Statement.Backup(
                                new BackupStatement(
                                        BackupType.FULL,
                                        "Shop",
                                        List.of("s", "t"),
                                        new BackupStatement.Options(
                                                false,
                                                false,
                                                false,
                                                new TransferOptions(0, 0, 0),
                                                10,
                                                "",
                                                ""))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT 1                                                        | 102 | line 1, column 1
                    BACKUP DATABASE a                                               | 102 | the end of the statement
                    BACKUP DATABASE a TO DISK = 'x'                                 | 102 | 'DISK' (line 1, column 22)
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH                  | 102 | an option
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH FOO              | 155 | 'FOO'
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH BLOCKSIZE = 1000 | 153 | power of two
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x', VIRTUAL_DEVICE = 'x' | 153 | one name
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' x                     | 102 | 'x' (line 1, column 43)
                    RESTORE LOG a FROM VIRTUAL_DEVICE = 'x'                         | 102 | 'LOG'
                    RESTORE VERIFYONLY FROM VIRTUAL_DEVICE = 'x' WITH REPLACE       | 153 | REPLACE
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x                     | 105 | column 42
                    DROP DATABASE [a                                                | 105 | column 15
                    DROP DATABASE /* a                                              | 113 | column 15
                    DROP DATABASE a; DROP DATABASE b                                | 102 | 'DROP'
                    DROP DATABASE a!                                                | 102 | '!'
                    """)
    void saysWhereItDoesNotUnderstand(String sql, int number, String text) {
        assertThatThrownBy(() -> Parser.parse(sql.strip()))
                .isInstanceOfSatisfying(
                        StatementException.class,
                        e -> {
                            assertThat(e.messages())
                                    .extracting(SqlMessage::number)
                                    .containsExactly(number);
                            assertThat(e.getMessage()).contains(text);
                        });
    }
}
