package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.TailLog;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.ui.common.Texts;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class ExplanationTest {

    private static final Verdict CUT_OFF =
            new Verdict.Failed(
                    new IOException("unused"),
                    List.of(
                            new SqlMessage(18210, 16, 1, "Operating system error 995."),
                            new SqlMessage(3013, 16, 1, "terminating abnormally.")));

    private final Path home;
    private final JobContext context;
    private final JobWork work;

    ExplanationTest(@TempDir Path home) {
        this.context =
                new JobContext(
                        "id",
                        "a test",
                        new ScriptedServer(),
                        new RunHistory(home, home),
                        JobClock.system());
        this.home = home;
        this.work = backup(BackupType.FULL, false, TailLog.NONE);
    }

    private BackupWork backup(BackupType type, boolean copyOnly, TailLog tail) {
        BackupRequest request =
                new BackupAsk("scripted", type, "Sales")
                        .copyOnly(copyOnly)
                        .checksum(false)
                        .tail(tail)
                        .to(home);
        return new BackupWork(request, "Sales", context);
    }

    private String text(
            Throwable trouble, @Nullable TransferFailure failure, @Nullable Verdict verdict) {
        return new Explanation(work, JobState.STREAMING, trouble, failure, verdict)
                .text()
                .english();
    }

    @Test
    void putsTheDevicesErrorBeforeTheServersEcho() {
        String text =
                text(
                        new StatementFailedException(),
                        new TransferFailure(
                                1,
                                new IOException("could not write to stripe-02"),
                                CompletionCode.DISK_FULL),
                        CUT_OFF);
        assertThat(text)
                .contains(
                        "failed: device 2: could not write to stripe-02; the server was told"
                                + " ERROR_DISK_FULL (112, 0x70): the disk is full")
                .contains("The server reported: Msg 18210")
                .contains("Likely cause: The destination has no room")
                .contains("To do: Make room at the destination, or choose another.")
                .doesNotContain("ERROR_OPERATION_ABORTED");
    }

    @Test
    void blamesTheServerWhenOnlyItsAbortWasSeen() {
        Verdict reason =
                new Verdict.Failed(
                        new IOException("unused"),
                        List.of(
                                new SqlMessage(911, 16, 1, "Database 'Sales' does not exist."),
                                new SqlMessage(3013, 16, 1, "terminating abnormally.")));
        String text =
                text(new VdiException(Said.asIs("OpenDevice"), VdiStatus.ABORT), null, reason);
        assertThat(text)
                .contains("failed: Msg 911", "To do: Check the name of the database")
                .containsOnlyOnce("Likely cause: The server has no database of this name.")
                .doesNotContain("VD_E_ABORT")
                .doesNotContain("The server reported");
    }

    @Test
    void explainsTheAbortOfAServerThatGivesNoReason() {
        String text =
                text(
                        new VdiException(Said.asIs("OpenDevice \"x\""), VdiStatus.ABORT),
                        null,
                        CUT_OFF);
        assertThat(text)
                .contains("failed: Msg 18210")
                .contains("At this end, OpenDevice \"x\" failed: VD_E_ABORT (0x80770004)")
                .contains("Likely cause: One end could not map the buffers", "/dev/shm")
                .contains("To do: On Linux put the client's account into group mssql");
    }

    @Test
    void namesTheSystemErrorsTheServerSpeaksOf() {
        assertThat(text(new StatementFailedException(), null, CUT_OFF))
                .contains(
                        "Operating system error 995 is ERROR_OPERATION_ABORTED (995, 0x3E3): either"
                                + " end aborted")
                .containsOnlyOnce("Likely cause: ")
                .contains("To do: Look into the client's log first");
    }

    @Test
    void doesNotGuessAtASystemErrorThatIsNotKnown() {
        Verdict unknown =
                new Verdict.Failed(
                        new IOException("unused"),
                        List.of(
                                new SqlMessage(
                                        3202, 16, 1, "failed: Operating system error 1234(?).")));
        assertThat(text(new StatementFailedException(), null, unknown))
                .contains("Operating system error 1234(?)")
                .containsOnlyOnce("Likely cause: A device failed")
                .doesNotContain("1234 is");
    }

    @Test
    void saysWhyADeviceOfOursWasLost() {
        VdiException lost = new VdiException(Said.asIs("GetCommand on device \"x\""), 0x8007000E);
        assertThat(text(new JobException(Told.of("why.deviceLost")), failureOf(lost), CUT_OFF))
                .contains("failed: device 1: GetCommand on device \"x\" failed: E_OUTOFMEMORY")
                .contains("Likely cause: The process or the machine has no memory left")
                .contains("To do: Ask for fewer buffers or for smaller transfers.");
    }

    @Test
    void tellsWhatACodeMeansInTheWindowsLanguage() {
        Locale before = Locale.getDefault();
        try {
            Texts german = Texts.load("de");
            Locale.setDefault(german.locale());
            VdiException lost = new VdiException(Said.asIs("GetCommand"), 0x8007000E);
            Told told =
                    new Explanation(
                                    work,
                                    JobState.STREAMING,
                                    new JobException(Told.of("why.deviceLost")),
                                    failureOf(lost),
                                    null)
                            .text();
            assertThat(german.tell(told))
                    .endsWith(
                            """
                            Gerät 1: GetCommand ist fehlgeschlagen: E_OUTOFMEMORY (0x8007000E): nicht genug Arbeitsspeicher
                            Wahrscheinliche Ursache: Der Prozess oder der Rechner hat keinen Speicher mehr. (VD_E_CLOSE, das normale Ende, sieht ähnlich aus: 0x8077000E.)
                            Was zu tun ist: Verlangen Sie weniger Puffer oder kleinere Übertragungen.\
                            """);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static TransferFailure failureOf(Throwable cause) {
        return new TransferFailure(0, cause, null);
    }

    @Test
    void blamesWhatFailedHereEvenWhenTheServerComplainsAfterwards() {
        String text =
                text(new VdiException(Said.asIs("OpenDevice"), VdiStatus.MEMORY), null, CUT_OFF);
        assertThat(text)
                .contains("failed: OpenDevice failed: VD_E_MEMORY (0x8077000A): out of memory")
                .contains("The server reported: Msg 18210")
                .contains("Likely cause: The shared buffers")
                .contains("To do: Ask for fewer buffers or for smaller transfers.");
    }

    @Test
    void addsWhatToDo() {
        Verdict noBase =
                new Verdict.Failed(
                        new IOException("unused"),
                        List.of(new SqlMessage(3035, 16, 1, "no current database backup.")));
        assertThat(text(new StatementFailedException(), null, noBase))
                .contains("Take a full backup of this database first.");
    }

    @Test
    void givesNoAdviceOnMessagesThatFollowFromOurOwnFailure() {
        Verdict unreadable =
                new Verdict.Failed(
                        new IOException("unused"),
                        List.of(new SqlMessage(3203, 16, 1, "Operating system error 23.")));
        TransferFailure damage =
                new TransferFailure(0, new IOException("damaged"), CompletionCode.CRC);
        assertThat(text(new StatementFailedException(), damage, unreadable))
                .containsOnlyOnce("To do: ");
    }

    @Test
    void saysThatTheServerCountsABackupWhoseSetWasLost() {
        Verdict taken = new Verdict.Succeeded(new StatementResult(List.of(), List.of()));
        assertThat(text(new IOException("could not write manifest.json"), null, taken))
                .contains("could not write manifest.json")
                .contains("To do: ", "take a full backup before the next differential");
        assertThat(text(new IOException("could not write stripe-01"), null, CUT_OFF))
                .doesNotContain("take a full backup");
    }

    @Test
    void saysWhatALostSetMeansForThoseAfterIt() {
        assertThat(backup(BackupType.FULL, true, TailLog.NONE).onLostSet()).isEmpty();
        assertThat(backup(BackupType.DIFFERENTIAL, false, TailLog.NONE).onLostSet()).isEmpty();
        assertThat(backup(BackupType.LOG, true, TailLog.NONE).onLostSet()).isEmpty();
        assertThat(backup(BackupType.LOG, false, TailLog.NO_TRUNCATE).onLostSet()).isEmpty();
        for (TailLog tail : List.of(TailLog.NONE, TailLog.NORECOVERY)) {
            assertThat(backup(BackupType.LOG, false, tail).onLostSet())
                    .singleElement()
                    .extracting(Told::english)
                    .asString()
                    .contains("log chain is broken", "full or differential backup now");
        }
    }

    @Test
    void showsTheKindOfAnExceptionThatIsNotOurs() {
        assertThat(text(new java.nio.file.AccessDeniedException("/backups"), null, null))
                .contains("AccessDeniedException: /backups");
    }
}
