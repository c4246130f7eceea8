package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class ServerAdviceTest {

    static final List<ServerAdvice> TABLE = ServerAdvice.table();

    private final JobWork work;

    ServerAdviceTest(@TempDir Path home) {
        JobContext context =
                new JobContext(
                        "id",
                        "a test",
                        new ScriptedServer(),
                        new RunHistory(home, home),
                        JobClock.system());
        BackupRequest request =
                new BackupRequest(
                        "prod",
                        "Sales",
                        BackupType.FULL,
                        false,
                        false,
                        Path.of("backups"),
                        1,
                        TransferOptions.DEFAULT,
                        0);
        this.work = new BackupWork(request, "Sales", context);
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void everyEntrySaysWhatHappenedAndWhatToDo(ServerAdvice entry) {
        assertThat(entry.numbers()).isNotEmpty();
        for (String tag : Texts.languages()) {
            Texts texts = Texts.load(tag);
            String happened = texts.tell(entry.happened());
            assertThat(happened).as(tag).matches("(?s)\\p{Lu}.{15,}\\.");
            assertThat(texts.tell(entry.whatToDo()))
                    .as(tag)
                    .matches("(?s)\\p{Lu}.{15,}\\.")
                    .isNotEqualTo(happened);
        }
    }

    /** Advice is given once, and what is the same in English must be so in all languages. */
    @ParameterizedTest
    @FieldSource("TABLE")
    void theSameAdviceIsTheSameInEveryLanguage(ServerAdvice entry) {
        Stream<ServerAdvice> same =
                TABLE.stream()
                        .filter(
                                other ->
                                        other.whatToDo()
                                                .english()
                                                .equals(entry.whatToDo().english()));
        assertThat(same)
                .allSatisfy(
                        other ->
                                assertThat(inAllLanguages(other.whatToDo()))
                                        .isEqualTo(inAllLanguages(entry.whatToDo())));
    }

    private static List<String> inAllLanguages(Told told) {
        return Texts.languages().stream().map(tag -> Texts.load(tag).tell(told)).toList();
    }

    @Test
    void noMessageHasTwoEntries() {
        assertThat(TABLE.stream().flatMap(entry -> entry.numbers().stream()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                911, 1834, 1844, 3013, 3035, 3041, 3101, 3102, 3117, 3132, 3154, 3159, 3183, 3189,
                3201, 3241, 3242, 3257, 3268, 3271, 4208, 4305, 4326, 4330, 4338, 3168, 3169, 5123,
                5133, 15404, 18210, 33111, 33117
            })
    void isOn(int number) {
        assertThat(ServerAdvice.on(error(number, ""))).isPresent();
    }

    private static SqlMessage error(int number, String text) {
        return new SqlMessage(number, 16, 1, text);
    }

    private static final SqlMessage TERMINATING =
            error(3013, "BACKUP DATABASE is terminating abnormally.");

    /** What the user reads when the statement failed with these errors and nothing failed here. */
    private String text(SqlMessage... errors) {
        return text(new StatementFailedException(), errors);
    }

    private String text(Throwable trouble, SqlMessage... errors) {
        List<SqlMessage> messages = Arrays.asList(errors);
        Verdict verdict = new Verdict.Failed(new SqlServerException(messages), messages);
        String text =
                new Explanation(work, JobState.STREAMING, trouble, null, verdict).text().english();
        Stream<String> advice =
                text.lines().map(line -> line.replaceFirst("^(To do|Likely cause): ", ""));
        assertThat(advice).doesNotHaveDuplicates();
        return text;
    }

    @Test
    void aFullDiskThatTheServerMet() {
        assertThat(
                        text(
                                TERMINATING,
                                error(
                                        18210,
                                        "BackupMedium::ReportIoError: write failure on backup"
                                            + " device '{2F1A}'. Operating system error 112(There"
                                            + " is not enough space on the disk.).")))
                .isEqualTo(
                        """
                        The full backup of "Sales" on prod to backups failed: Msg 18210, Level 16, State 1: BackupMedium::ReportIoError: write failure on backup device '{2F1A}'. Operating system error 112(There is not enough space on the disk.).
                        Msg 3013, Level 16, State 1: BACKUP DATABASE is terminating abnormally.
                        Operating system error 112 is ERROR_DISK_FULL (112, 0x70): the disk is full
                        Likely cause: The destination has no room for the rest of the backup.
                        To do: Make room at the destination, or choose another.\
                        """);
    }

    @Test
    void aDatabaseThatIsNotThereComesBeforeTheAbortOfItsDevices() {
        assertThat(
                        text(
                                error(
                                        18210,
                                        "Operating system error 995(The I/O operation has...)."),
                                error(3041, "BACKUP failed to complete the command."),
                                error(911, "Database 'Sales' does not exist."),
                                TERMINATING))
                .isEqualTo(
                        """
                        The full backup of "Sales" on prod to backups failed: Msg 911, Level 16, State 1: Database 'Sales' does not exist.
                        Msg 18210, Level 16, State 1: Operating system error 995(The I/O operation has...).
                        Msg 3041, Level 16, State 1: BACKUP failed to complete the command.
                        Msg 3013, Level 16, State 1: BACKUP DATABASE is terminating abnormally.
                        Likely cause: The server has no database of this name.
                        To do: Check the name of the database; the server lists those it has.\
                        """);
    }

    @Test
    void aDeviceThatTheServerCouldNotOpenNamesTheInterfacesCode() {
        assertThat(
                        text(
                                error(
                                        3201,
                                        "Cannot open backup device 'x'. Operating system error"
                                                + " 0x80770007(failed to retrieve text for this"
                                                + " error. Reason: 15105)."),
                                TERMINATING))
                .contains("Operating system error 0x80770007 is VD_E_INSTANCE_NAME (0x80770007): ")
                .containsOnlyOnce("Likely cause: ")
                .containsOnlyOnce("To do: ");
    }

    @Test
    void aFolderThatTheServersAccountMayNotUse() {
        assertThat(
                        text(
                                error(
                                        5133,
                                        "Directory lookup for the file \"D:\\x\\a.mdf\" failed with"
                                                + " the operating system error 5(Access is"
                                                + " denied.)."),
                                error(
                                        3156,
                                        "File 'a' cannot be restored to 'D:\\x\\a.mdf'. Use WITH"
                                                + " MOVE to identify a valid location for the"
                                                + " file."),
                                error(3119, "Problems were identified while planning."),
                                error(3013, "RESTORE DATABASE is terminating abnormally.")))
                .endsWith(
                        """
                        Msg 3119, Level 16, State 1: Problems were identified while planning.
                        Msg 3013, Level 16, State 1: RESTORE DATABASE is terminating abnormally.
                        Operating system error 5 is ERROR_ACCESS_DENIED (5, 0x5): access is denied
                        Likely cause: The server could not open or create a file of the database.
                        Likely cause: A file of the backup cannot be where the statement puts it.
                        Likely cause: The account that SQL Server runs as may not use the file or device.
                        To do: Use a folder that exists on the server and that its service account may write to.
                        To do: Move the file to another place, where no other file is.
                        To do: Give the service account the right to it; on Linux check the groups of both accounts.\
                        """);
    }

    @Test
    void adviceThatSeveralMessagesCallForIsGivenOnce() {
        assertThat(
                        text(
                                error(
                                        3143,
                                        "The data set on device 'x' is not a SQL Server backup"
                                                + " set."),
                                error(3242, "The file on device 'x' is not a valid backup set."),
                                error(3189, "Damage to the backup set was detected."),
                                TERMINATING))
                .containsOnlyOnce("To do: Verify the backup set; if it is damaged, use another.");
    }

    private static final SqlMessage RESTORE_TERMINATING =
            error(3013, "RESTORE DATABASE is terminating abnormally.");

    @Test
    void aSystemDatabaseOfAnotherVersion() {
        assertThat(
                        text(
                                error(
                                        3168,
                                        "The backup of the system database on the device x cannot"
                                            + " be restored because it was created by a different"
                                            + " version of the server (15.00.2000) than this server"
                                            + " (16.00.4125)."),
                                RESTORE_TERMINATING))
                .endsWith(
                        """
                        Likely cause: The backup is of a system database (master, model or msdb), and was made by another version of SQL Server: these are restored only on exactly the version and update they come from.
                        To do: Restore it on a server of the version in the message, or restore it under another name to copy from it what is needed.\
                        """);
    }

    @Test
    void aBackupOfANewerVersion() {
        assertThat(
                        text(
                                error(
                                        3169,
                                        "The database was backed up on a server running version"
                                            + " 16.00.4125. That version is incompatible with this"
                                            + " server, which is running version 15.00.2000."),
                                RESTORE_TERMINATING))
                .endsWith(
                        """
                        Likely cause: The backup comes from a newer version of SQL Server than this one.
                        To do: Restore it on a server of that version or a newer one.\
                        """);
    }

    @Test
    void aBackupWhoseStructureIsNotRead() {
        assertThat(
                        text(
                                error(
                                        3241,
                                        "The media family on device 'x' is incorrectly formed. SQL"
                                                + " Server cannot process this media family."),
                                RESTORE_TERMINATING))
                .endsWith(
                        """
                        Likely cause: The structure of the backup is not what this server reads: its beginning is damaged, it is no backup of SQL Server, or a newer version made it.
                        To do: Verify the backup set. If it is whole, restore it on the version of SQL Server that made it, or on a newer one.\
                        """);
    }

    @Test
    void aServerThatGivesNoReasonIsNotGuessedAt() {
        assertThat(text(error(3041, "BACKUP failed to complete the command."), TERMINATING))
                .endsWith(
                        """
                        Likely cause: The server gave up, and did not say why.
                        To do: Look into the server's error log at this time.\
                        """);
    }

    @Test
    void anErrorThatIsNotKnownHereSpeaksForItself() {
        assertThat(text(TERMINATING, error(3456, "Something else.")))
                .doesNotContain("Likely cause")
                .contains("failed: Msg 3456, Level 16, State 1: Something else.\nMsg 3013");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Operating system error 5(Access is denied.).",
                "Betriebssystemfehler 5(Zugriff verweigert).",
                "Operating system error 5",
                "failed: 5(Access is denied.)"
            })
    void theSystemsErrorIsFoundInAnyForm(String text) {
        assertThat(SystemErrors.in(error(3271, text)))
                .extracting(code -> code.name().english())
                .containsExactly("ERROR_ACCESS_DENIED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device 'a-5(b)'",
                "error 99999999999(?)",
                "Operating system error 31337(?)",
                "no number"
            })
    void whatIsNoSystemErrorIsNotTakenForOne(String text) {
        assertThat(SystemErrors.in(error(3271, text))).isEmpty();
    }

    @Test
    void aNumberInAMessageThatCarriesNoneIsNot() {
        assertThat(SystemErrors.in(error(3154, "The database '5(x)'."))).isEmpty();
    }

    @Test
    void aStatementThatFailedWhileTheJobPreparedIsExplainedToo() {
        SqlServerException trouble =
                new SqlServerException(
                        List.of(error(15404, "Could not obtain, error code 0x54b.")));
        assertThat(new Explanation(work, JobState.PREPARING, trouble, null, null).text().english())
                .isEqualTo(
                        """
                        The full backup of "Sales" on prod to backups was not started: Msg 15404, Level 16, State 1: Could not obtain, error code 0x54b.
                        Operating system error 1355 is ERROR_NO_SUCH_DOMAIN (1355, 0x54B): the domain cannot be reached
                        Likely cause: The server could not ask Windows about the login's account: the account does not exist, or the domain cannot be reached or does not trust the service account.
                        Likely cause: No domain controller answers the server.
                        To do: Check the account and the connection to its domain, or use a login of SQL Server's own.
                        To do: Check the server's connection to its domain.\
                        """);
    }

    @Test
    void theInterfacesCodeAndTheServersReasonAreOneText() {
        assertThat(
                        text(
                                new VdiException(Said.asIs("GetConfiguration"), VdiStatus.ABORT),
                                TERMINATING,
                                error(701, "There is insufficient system memory.")))
                .contains("failed: Msg 701", "To do: Ask for fewer buffers")
                .doesNotContain("VD_E_ABORT");
    }

    @Test
    void aRefusedLoginKeepsTheAdviceThatCameWithIt() {
        String told =
                "prod (sql01): the server refused the login.\nMsg 18456, Level 14, State 1: Login"
                        + " failed for user 'sa'.\nCheck user name and password.";
        SqlMessage refusal = new SqlMessage(18456, 14, 1, "Login failed for user 'sa'.");
        SqlServerException trouble =
                new SqlServerException(
                        Told.asIs(told), List.of(refusal), new IllegalStateException());
        assertThat(new Explanation(work, JobState.PREPARING, trouble, null, null).text().english())
                .isEqualTo(
                        "The full backup of \"Sales\" on prod to backups was not started: " + told);
    }
}
