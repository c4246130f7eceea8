package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TSql;
import dev.sluice.sql.TailLog;
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
    private static final List<RestoreStatement.Kind> READ =
            List.of(RestoreStatement.Kind.values()).stream()
                    .filter(kind -> kind != RestoreStatement.Kind.LOG)
                    .toList();
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
            BackupType type = any(List.of(BackupType.values()), random);
            boolean log = type == BackupType.LOG;
            BackupStatement statement =
                    new BackupStatement(
                            type,
                            hostile(random, 128),
                            new Scope.WholeDatabase(),
                            devices(random),
                            new BackupStatement.Options(
                                    type != BackupType.DIFFERENTIAL && random.nextBoolean(),
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    random.nextBoolean()
                                            ? new Compression.None()
                                            : new Compression.ServerDefault(),
                                    transfer(random),
                                    random.nextInt(101),
                                    random.nextBoolean() ? "" : hostile(random, 128),
                                    random.nextBoolean() ? "" : hostile(random, 255),
                                    TailLog.of(
                                            log && random.nextBoolean(),
                                            log && random.nextBoolean())));
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
        RestoreStatement.Kind kind = any(READ, random);
        boolean verify = kind == RestoreStatement.Kind.VERIFYONLY;
        boolean database = kind == RestoreStatement.Kind.DATABASE;
        List<RestoreStatement.Move> moves = new ArrayList<>();
        while (database && random.nextInt(3) == 0) {
            String name = hostile(random, 120) + moves.size();
            moves.add(new RestoreStatement.Move(name, hostile(random, 250)));
        }
        return new RestoreStatement(
                kind,
                database ? hostile(random, 128) : "",
                new Scope.WholeDatabase(),
                devices(random),
                new RestoreStatement.Options(
                        kind == RestoreStatement.Kind.LABELONLY ? 0 : random.nextInt(3),
                        random.nextBoolean(),
                        database && random.nextBoolean(),
                        false,
                        database && random.nextBoolean()
                                ? new Recovery.NoRecovery()
                                : new Recovery.Recover(),
                        new StopAt.End(),
                        moves,
                        database ? transfer(random) : TransferOptions.NONE,
                        database || verify ? random.nextInt(101) : 0));
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
                                        new Scope.WholeDatabase(),
                                        List.of("s", "t"),
                                        new BackupStatement.Options(
                                                false,
                                                false,
                                                false,
                                                new Compression.None(),
                                                TransferOptions.NONE,
                                                10,
                                                "",
                                                "",
                                                TailLog.NONE))));
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
                    RESTORE VERIFYONLY FROM VIRTUAL_DEVICE = 'x' WITH REPLACE       | 153 | REPLACE
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x                     | 105 | column 42
                    DROP DATABASE [a                                                | 105 | column 15
                    DROP DATABASE /* a                                              | 113 | column 15
                    /* a /* b */ DROP DATABASE a                                    | 113 | line 1, column 1.
                    /* a /* b */ */ DROP DATABASE a */                              | 102 | '*'
                    DROP DATABASE a; DROP DATABASE b                                | 102 | 'DROP'
                    DROP DATABASE a!                                                | 102 | '!'
                    """)
    void saysWhereItDoesNotUnderstand(String sql, int number, String text) {
        assertRefused(sql, number, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    BACKUP DATABASE a FILE = 'f' TO VIRTUAL_DEVICE = 'x'                           | 3032 | (FILE)
                    BACKUP DATABASE a FILEGROUP = 'PRIMARY' TO VIRTUAL_DEVICE = 'x'                | 3032 | (FILEGROUP)
                    BACKUP DATABASE a READ_WRITE_FILEGROUPS TO VIRTUAL_DEVICE = 'x'                | 3032 | (READ_WRITE_FILEGROUPS)
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH COMPRESSION                     | 1844 | COMPRESSION
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH COMPRESSION (ALGORITHM = ZSTD)  | 1844 | COMPRESSION
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH DIFFERENTIAL, COPY_ONLY         | 153  | COPY_ONLY
                    BACKUP DATABASE a TO VIRTUAL_DEVICE = 'x' WITH NORECOVERY                      | 153  | NORECOVERY
                    BACKUP LOG a TO VIRTUAL_DEVICE = 'x' WITH DIFFERENTIAL                         | 3032 | (DIFFERENTIAL)
                    BACKUP LOG a TO VIRTUAL_DEVICE = 'x' WITH STANDBY = 'u'                        | 3032 | (STANDBY)
                    RESTORE LOG a FROM VIRTUAL_DEVICE = 'x'                                        | 3117 | SIMPLE
                    RESTORE DATABASE a FILEGROUP = 'g' FROM VIRTUAL_DEVICE = 'x' WITH PARTIAL      | 3032 | (FILEGROUP)
                    RESTORE DATABASE a PAGE = '1:2' FROM VIRTUAL_DEVICE = 'x' WITH NORECOVERY      | 3032 | (PAGE)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH PARTIAL                      | 3032 | (PARTIAL)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH STANDBY = 'u'                | 3032 | (STANDBY)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH STOPAT = '2026-11-20'        | 3032 | (STOPAT)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH STOPATMARK = 'lsn:1'         | 3032 | (STOPATMARK)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH STOPBEFOREMARK = 'lsn:1'     | 3032 | (STOPBEFOREMARK)
                    RESTORE DATABASE a FROM VIRTUAL_DEVICE = 'x' WITH RECOVERY, NORECOVERY         | 3031 | RECOVERY
                    RESTORE VERIFYONLY FROM VIRTUAL_DEVICE = 'x' WITH MOVE 'a' TO 'b'              | 3032 | (MOVE)
                    RESTORE HEADERONLY FROM VIRTUAL_DEVICE = 'x' WITH STATS = 5                    | 153  | STATS
                    """)
    void refusesByNameWhatOnlyOtherServersCanDo(String sql, int number, String text) {
        assertRefused(sql, number, text);
    }

    private static void assertRefused(String sql, int number, String text) {
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
