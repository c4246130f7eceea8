package dev.sluice.sql;

import static dev.sluice.sql.BackupSketch.backup;
import static dev.sluice.sql.BackupType.DIFFERENTIAL;
import static dev.sluice.sql.BackupType.FULL;
import static dev.sluice.sql.RestoreSketch.restore;
import static dev.sluice.sql.RestoreStatement.Kind.DATABASE;
import static dev.sluice.sql.RestoreStatement.Kind.FILELISTONLY;
import static dev.sluice.sql.RestoreStatement.Kind.HEADERONLY;
import static dev.sluice.sql.RestoreStatement.Kind.LABELONLY;
import static dev.sluice.sql.RestoreStatement.Kind.LOG;
import static dev.sluice.sql.RestoreStatement.Kind.VERIFYONLY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The texts on the right are written by hand, from SQL Server's documentation. */
class StatementTextTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 20, 22, 5, 0, 7_999_999);

    static Stream<Arguments> backups() {
        return Stream.of(
                arguments(
                        backup(FULL, b -> {}),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set'"),
                arguments(
                        backup(
                                FULL,
                                b -> {
                                    b.devices = List.of("set", "set-2", "set-3");
                                    b.copyOnly = true;
                                    b.checksum = true;
                                    b.format = true;
                                    b.transfer = new TransferOptions(65536, 24, 4194304);
                                    b.stats = 5;
                                    b.name = "nightly";
                                    b.description = "before the release";
                                }),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set', VIRTUAL_DEVICE ="
                                + " N'set-2', VIRTUAL_DEVICE = N'set-3' WITH COPY_ONLY, FORMAT,"
                                + " CHECKSUM, BLOCKSIZE = 65536, BUFFERCOUNT = 24,"
                                + " MAXTRANSFERSIZE = 4194304, STATS = 5, NAME = N'nightly',"
                                + " DESCRIPTION = N'before the release'"),
                arguments(
                        backup(DIFFERENTIAL, b -> b.checksum = true),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set' WITH DIFFERENTIAL,"
                                + " CHECKSUM"),
                arguments(
                        backup(BackupType.LOG, b -> b.copyOnly = true),
                        "BACKUP LOG [Sales] TO VIRTUAL_DEVICE = N'set' WITH COPY_ONLY"),
                arguments(
                        backup(BackupType.LOG, b -> b.tail = TailLog.NORECOVERY),
                        "BACKUP LOG [Sales] TO VIRTUAL_DEVICE = N'set' WITH NORECOVERY"),
                arguments(
                        backup(BackupType.LOG, b -> b.tail = TailLog.NO_TRUNCATE),
                        "BACKUP LOG [Sales] TO VIRTUAL_DEVICE = N'set' WITH NO_TRUNCATE"),
                arguments(
                        backup(BackupType.LOG, b -> b.tail = TailLog.NORECOVERY_NO_TRUNCATE),
                        "BACKUP LOG [Sales] TO VIRTUAL_DEVICE = N'set' WITH NO_TRUNCATE,"
                                + " NORECOVERY"),
                arguments(
                        backup(
                                FULL,
                                b ->
                                        b.scope =
                                                new Scope.Files(
                                                        List.of("Sales_2", "Sales_3"),
                                                        List.of("ARCHIVE"))),
                        "BACKUP DATABASE [Sales] FILE = N'Sales_2', FILE = N'Sales_3', FILEGROUP ="
                                + " N'ARCHIVE' TO VIRTUAL_DEVICE = N'set'"),
                arguments(
                        backup(
                                DIFFERENTIAL,
                                b -> b.scope = new Scope.ReadWriteFilegroups(List.of())),
                        "BACKUP DATABASE [Sales] READ_WRITE_FILEGROUPS TO VIRTUAL_DEVICE = N'set'"
                                + " WITH DIFFERENTIAL"),
                arguments(
                        backup(FULL, b -> b.scope = new Scope.ReadWriteFilegroups(List.of("Y24"))),
                        "BACKUP DATABASE [Sales] READ_WRITE_FILEGROUPS, FILEGROUP = N'Y24' TO"
                                + " VIRTUAL_DEVICE = N'set'"),
                arguments(
                        backup(FULL, b -> b.compression = new Compression.None()),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set' WITH NO_COMPRESSION"),
                arguments(
                        backup(FULL, b -> b.compression = new Compression.On()),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set' WITH COMPRESSION"),
                arguments(
                        backup(
                                FULL,
                                b ->
                                        b.compression =
                                                new Compression.With(
                                                        Compression.Algorithm.QAT_DEFLATE,
                                                        Compression.Level.DEFAULT)),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set' WITH COMPRESSION"
                                + " (ALGORITHM = QAT_DEFLATE)"),
                arguments(
                        backup(
                                FULL,
                                b ->
                                        b.compression =
                                                new Compression.With(
                                                        Compression.Algorithm.ZSTD,
                                                        Compression.Level.HIGH)),
                        "BACKUP DATABASE [Sales] TO VIRTUAL_DEVICE = N'set' WITH COMPRESSION"
                                + " (ALGORITHM = ZSTD, LEVEL = HIGH)"));
    }

    @ParameterizedTest
    @MethodSource("backups")
    void aBackupReadsAsTheDocumentationWritesIt(BackupStatement statement, String text) {
        assertThat(statement.toSql()).isEqualTo(text);
    }

    static Stream<Arguments> restores() {
        return Stream.of(
                arguments(
                        restore(DATABASE, r -> {}),
                        "RESTORE DATABASE [Sales] FROM VIRTUAL_DEVICE = N'set'"),
                arguments(
                        restore(
                                DATABASE,
                                r -> {
                                    r.devices = List.of("set", "set-2");
                                    r.file = 1;
                                    r.checksum = true;
                                    r.replace = true;
                                    r.recovery = new Recovery.NoRecovery();
                                    r.moves =
                                            List.of(
                                                    new RestoreStatement.Move(
                                                            "Sales", "D:\\Data\\Copy.mdf"),
                                                    new RestoreStatement.Move(
                                                            "Sales_log", "L:\\Log\\Copy.ldf"));
                                    r.transfer = new TransferOptions(512, 8, 65536);
                                    r.stats = 10;
                                }),
                        "RESTORE DATABASE [Sales] FROM VIRTUAL_DEVICE = N'set', VIRTUAL_DEVICE ="
                                + " N'set-2' WITH FILE = 1, REPLACE, NORECOVERY, CHECKSUM, MOVE"
                                + " N'Sales' TO N'D:\\Data\\Copy.mdf', MOVE N'Sales_log' TO"
                                + " N'L:\\Log\\Copy.ldf', BLOCKSIZE = 512, BUFFERCOUNT = 8,"
                                + " MAXTRANSFERSIZE = 65536, STATS = 10"),
                arguments(
                        restore(LOG, r -> r.recovery = new Recovery.Standby("/var/undo.dat")),
                        "RESTORE LOG [Sales] FROM VIRTUAL_DEVICE = N'set' WITH STANDBY ="
                                + " N'/var/undo.dat'"),
                arguments(
                        restore(LOG, r -> r.stopAt = new StopAt.Time(TIME)),
                        "RESTORE LOG [Sales] FROM VIRTUAL_DEVICE = N'set' WITH STOPAT ="
                                + " N'2026-11-20T22:05:00.007'"),
                arguments(
                        restore(
                                DATABASE,
                                r -> {
                                    r.recovery = new Recovery.NoRecovery();
                                    r.stopAt = new StopAt.Time(TIME);
                                }),
                        "RESTORE DATABASE [Sales] FROM VIRTUAL_DEVICE = N'set' WITH NORECOVERY,"
                                + " STOPAT = N'2026-11-20T22:05:00.007'"),
                arguments(
                        restore(LOG, r -> r.stopAt = new StopAt.AtMark("Payroll", null)),
                        "RESTORE LOG [Sales] FROM VIRTUAL_DEVICE = N'set' WITH STOPATMARK ="
                                + " N'Payroll'"),
                arguments(
                        restore(LOG, r -> r.stopAt = new StopAt.BeforeMark("Payroll", TIME)),
                        "RESTORE LOG [Sales] FROM VIRTUAL_DEVICE = N'set' WITH STOPBEFOREMARK ="
                                + " N'Payroll' AFTER N'2026-11-20T22:05:00.007'"),
                arguments(
                        restore(
                                DATABASE,
                                r ->
                                        r.stopAt =
                                                new StopAt.BeforeMark(
                                                        "lsn:15000000040000037", null)),
                        "RESTORE DATABASE [Sales] FROM VIRTUAL_DEVICE = N'set' WITH STOPBEFOREMARK"
                                + " = N'lsn:15000000040000037'"),
                arguments(
                        restore(
                                DATABASE,
                                r -> {
                                    r.scope = new Scope.Files(List.of(), List.of("A"));
                                    r.partial = true;
                                    r.recovery = new Recovery.NoRecovery();
                                }),
                        "RESTORE DATABASE [Sales] FILEGROUP = N'A' FROM VIRTUAL_DEVICE = N'set'"
                                + " WITH PARTIAL, NORECOVERY"),
                arguments(
                        restore(
                                DATABASE,
                                r -> {
                                    r.scope = new Scope.ReadWriteFilegroups(List.of());
                                    r.partial = true;
                                }),
                        "RESTORE DATABASE [Sales] READ_WRITE_FILEGROUPS FROM VIRTUAL_DEVICE ="
                                + " N'set' WITH PARTIAL"),
                arguments(
                        restore(LOG, r -> r.scope = new Scope.Files(List.of("Sales_2"), List.of())),
                        "RESTORE LOG [Sales] FILE = N'Sales_2' FROM VIRTUAL_DEVICE = N'set'"),
                arguments(
                        restore(
                                VERIFYONLY,
                                r -> {
                                    r.file = 2;
                                    r.checksum = true;
                                    r.moves = List.of(new RestoreStatement.Move("a", "/d/a.mdf"));
                                    r.stats = 1;
                                }),
                        "RESTORE VERIFYONLY FROM VIRTUAL_DEVICE = N'set' WITH FILE = 2, CHECKSUM,"
                                + " MOVE N'a' TO N'/d/a.mdf', STATS = 1"),
                arguments(
                        restore(HEADERONLY, r -> r.file = 1),
                        "RESTORE HEADERONLY FROM VIRTUAL_DEVICE = N'set' WITH FILE = 1"),
                arguments(
                        RestoreStatement.look(FILELISTONLY, List.of("set")),
                        "RESTORE FILELISTONLY FROM VIRTUAL_DEVICE = N'set'"),
                arguments(
                        restore(LABELONLY, r -> r.checksum = true),
                        "RESTORE LABELONLY FROM VIRTUAL_DEVICE = N'set' WITH CHECKSUM"));
    }

    @ParameterizedTest
    @MethodSource("restores")
    void aRestoreReadsAsTheDocumentationWritesIt(RestoreStatement statement, String text) {
        assertThat(statement.toSql()).isEqualTo(text);
    }

    @Test
    void aSetOfAllDevicesNamesEachOfThem() {
        List<String> devices = IntStream.rangeClosed(1, 64).mapToObj(n -> "d" + n).toList();
        assertThat(backup(FULL, b -> b.devices = devices).toSql().split("VIRTUAL_DEVICE = N'"))
                .hasSize(65);
    }

    @Test
    void othersAreKeptOutOfADatabaseAndAdmittedAgain() {
        assertThat(DatabaseAccess.LEAVE).isEqualTo("USE master");
        assertThat(DatabaseAccess.close("Sales"))
                .isEqualTo("ALTER DATABASE [Sales] SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        assertThat(DatabaseAccess.reopen("Sales", UserAccess.MULTI_USER))
                .isEqualTo("ALTER DATABASE [Sales] SET MULTI_USER");
    }
}
