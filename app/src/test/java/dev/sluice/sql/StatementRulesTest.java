package dev.sluice.sql;

import static dev.sluice.sql.BackupSketch.backup;
import static dev.sluice.sql.BackupType.DIFFERENTIAL;
import static dev.sluice.sql.BackupType.FULL;
import static dev.sluice.sql.RestoreSketch.restore;
import static dev.sluice.sql.RestoreStatement.Kind.DATABASE;
import static dev.sluice.sql.RestoreStatement.Kind.HEADERONLY;
import static dev.sluice.sql.RestoreStatement.Kind.LABELONLY;
import static dev.sluice.sql.RestoreStatement.Kind.LOG;
import static dev.sluice.sql.RestoreStatement.Kind.VERIFYONLY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;

/** What no server accepts cannot be described; the refusal names option, value and rule. */
class StatementRulesTest {

    private static final Scope FILES = new Scope.Files(List.of("f"), List.of());
    private static final Scope READ_WRITE = new Scope.ReadWriteFilegroups(List.of());
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 20, 22, 0);

    private static void assertRefused(BackupType type, Consumer<BackupSketch> change, String text) {
        assertThatThrownBy(() -> backup(type, change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    private static void assertRefused(
            RestoreStatement.Kind kind, Consumer<RestoreSketch> change, String text) {
        assertThatThrownBy(() -> restore(kind, change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aDifferentialIsNotCopyOnly() {
        assertRefused(
                DIFFERENTIAL, b -> b.copyOnly = true, "COPY_ONLY cannot be with DIFFERENTIAL");
    }

    @Test
    void aLogBackupIsOfTheWholeDatabase() {
        assertRefused(
                BackupType.LOG, b -> b.scope = FILES, "FILE = N'f' cannot be with BACKUP LOG");
        assertRefused(BackupType.LOG, b -> b.scope = READ_WRITE, "READ_WRITE_FILEGROUPS cannot");
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIFFERENTIAL"})
    void onlyALogBackupTakesTheTail(BackupType type) {
        assertRefused(type, b -> b.tail = TailLog.NORECOVERY, "NORECOVERY cannot be with BACKUP");
        assertRefused(type, b -> b.tail = TailLog.NO_TRUNCATE, "NO_TRUNCATE cannot be with BACKUP");
    }

    @Test
    void namesAndDescriptionsHaveALimit() {
        assertThat(
                        backup(
                                        FULL,
                                        b -> {
                                            b.name = "n".repeat(128);
                                            b.description = "d".repeat(255);
                                            b.database = "x".repeat(128);
                                        })
                                .toSql())
                .contains("n".repeat(128), "d".repeat(255));
        assertRefused(FULL, b -> b.name = "n".repeat(129), "has 129 characters; 0 to 128");
        assertRefused(FULL, b -> b.description = "d".repeat(256), "has 256 characters; 0 to 255");
        assertRefused(FULL, b -> b.database = "x".repeat(129), "129 characters; at most 128");
        assertRefused(FULL, b -> b.database = " ", "the database's name is empty");
    }

    @Test
    void aListOfFilesNamesSomething() {
        assertThatThrownBy(() -> new Scope.Files(List.of(), List.of()))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Scope.Files(List.of(""), List.of()))
                .hasMessageContaining("FILE \"\" has 0 characters; 1 to 128");
        assertThatThrownBy(() -> new Scope.ReadWriteFilegroups(List.of("g".repeat(129))))
                .hasMessageContaining("has 129 characters; 1 to 128");
    }

    @Test
    void statsArePercent() {
        assertRefused(FULL, b -> b.stats = 101, "STATS 101 is not 0 to 100");
        assertRefused(DATABASE, r -> r.stats = -1, "STATS -1 is not 0 to 100");
    }

    @Test
    void aStatementHasDevicesAndTheyDiffer() {
        assertRefused(FULL, b -> b.devices = List.of(), "0 devices: a device set has 1 to 64");
        assertRefused(DATABASE, r -> r.devices = List.of("d", "d"), "one name: [d, d]");
        assertRefused(LABELONLY, r -> r.devices = List.of(""), "has no name");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DATABASE", "LOG"},
            mode = EnumSource.Mode.EXCLUDE)
    void lookingTakesNothingThatRestores(RestoreStatement.Kind kind) {
        String look = " cannot be with RESTORE " + kind;
        assertRefused(kind, r -> r.database = "Sales", "Sales" + look);
        assertRefused(kind, r -> r.scope = FILES, "FILE = N'f'" + look);
        assertRefused(kind, r -> r.replace = true, "REPLACE" + look);
        assertRefused(kind, r -> r.partial = true, "PARTIAL" + look);
        assertRefused(kind, r -> r.recovery = new Recovery.NoRecovery(), "NORECOVERY" + look);
        assertRefused(kind, r -> r.recovery = new Recovery.Standby("u"), "N'u'" + look);
        assertRefused(kind, r -> r.stopAt = new StopAt.Time(TIME), "22:00:00.000'" + look);
        assertRefused(
                kind,
                r -> r.transfer = new TransferOptions(512, 2, 65536),
                "BLOCKSIZE = 512, BUFFERCOUNT = 2, MAXTRANSFERSIZE = 65536" + look);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADERONLY", "FILELISTONLY", "LABELONLY"})
    void lookingAtHeadersMovesAndCountsNothing(RestoreStatement.Kind kind) {
        assertRefused(
                kind,
                r -> r.moves = List.of(new RestoreStatement.Move("a", "b")),
                "MOVE N'a' TO N'b' cannot be with RESTORE " + kind);
        assertRefused(kind, r -> r.stats = 5, "STATS = 5 cannot be with RESTORE " + kind);
    }

    @Test
    void aLabelIsOfTheMediumAndNotOfASet() {
        assertRefused(LABELONLY, r -> r.file = 1, "FILE = 1 cannot be with RESTORE LABELONLY");
        assertRefused(HEADERONLY, r -> r.file = -1, "FILE -1 is negative");
    }

    @Test
    void onlyALogStopsAtTheNameOfAMark() {
        for (StopAt stop :
                List.of(new StopAt.AtMark("m", null), new StopAt.BeforeMark("m", TIME))) {
            assertRefused(DATABASE, r -> r.stopAt = stop, "N'm'");
            assertThat(restore(LOG, r -> r.stopAt = stop).toSql()).contains("N'm'");
        }
    }

    @Test
    void restoringSomeFilesIsWholeUnlessItIsPartial() {
        Consumer<RestoreSketch> stop =
                r -> {
                    r.scope = FILES;
                    r.stopAt = new StopAt.Time(TIME);
                };
        Consumer<RestoreSketch> standby =
                r -> {
                    r.scope = READ_WRITE;
                    r.recovery = new Recovery.Standby("u");
                };
        assertRefused(DATABASE, stop, "without PARTIAL; stop in the log restores that follow");
        assertRefused(DATABASE, standby, "STANDBY = N'u' cannot be with a list of files");
        assertThat(restore(DATABASE, stop.andThen(r -> r.partial = true)).toSql())
                .contains("PARTIAL, STOPAT");
        assertThat(restore(DATABASE, standby.andThen(r -> r.partial = true)).toSql())
                .contains("PARTIAL, STANDBY");
    }

    @Test
    void aLogIsNotThePieceThatBeginsAPiecemealRestore() {
        assertRefused(LOG, r -> r.partial = true, "PARTIAL cannot be with RESTORE LOG");
        assertRefused(LOG, r -> r.scope = READ_WRITE, "READ_WRITE_FILEGROUPS cannot be");
        assertRefused(LOG, r -> r.database = "", "the database's name is empty");
    }

    @Test
    void pathsAndMarksHaveALimit() {
        assertThatThrownBy(() -> new Recovery.Standby("u".repeat(260)))
                .hasMessageContaining("STANDBY")
                .hasMessageContaining("has 260 characters; 1 to 259");
        assertThatThrownBy(() -> new Recovery.Standby("")).hasMessageContaining("STANDBY");
        assertThatThrownBy(() -> new RestoreStatement.Move("a", "p".repeat(260)))
                .hasMessageContaining("MOVE TO");
        assertThatThrownBy(() -> new RestoreStatement.Move("", "p")).hasMessageContaining("MOVE");
        assertThatThrownBy(() -> new StopAt.AtMark("m".repeat(129), null))
                .hasMessageContaining("STOPATMARK");
        assertThatThrownBy(() -> new StopAt.BeforeMark("", null))
                .hasMessageContaining("STOPBEFOREMARK");
        assertThat(new Recovery.Standby("u".repeat(259)).undoFile()).hasSize(259);
    }

    @Test
    void timesAreThoseOfTheTypeDatetime() {
        assertThatThrownBy(() -> new StopAt.Time(TIME.withYear(1752)))
                .hasMessageContaining("STOPAT 1752-11-20T22:00 is not in the years 1753 to 9999");
        assertThatThrownBy(() -> new StopAt.AtMark("m", TIME.withYear(10000)))
                .hasMessageContaining("AFTER +10000");
        assertThat(new StopAt.Time(LocalDateTime.of(1753, 1, 1, 0, 0)).time()).hasYear(1753);
    }

    @Test
    void aFileHasOnePlace() {
        assertRefused(
                VERIFYONLY,
                r ->
                        r.moves =
                                List.of(
                                        new RestoreStatement.Move("a", "x"),
                                        new RestoreStatement.Move("a", "y")),
                "MOVE \"a\" is there twice");
    }

    @Test
    void accessToADatabaseWithoutANameIsRefused() {
        assertThatThrownBy(() -> DatabaseAccess.close(""))
                .hasMessageContaining("the database's name is empty");
        assertThatThrownBy(() -> DatabaseAccess.reopen("x".repeat(129), UserAccess.MULTI_USER))
                .hasMessageContaining("at most 128");
    }
}
