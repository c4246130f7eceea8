package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.StatementResult;
import dev.sluice.sql.TransferOptions;
import dev.sluice.transfer.TransferFailure;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class ExplanationTest {

    private static final Verdict CUT_OFF =
            new Verdict.Failed(
                    new IOException("unused"),
                    List.of(
                            new SqlMessage(18210, 16, 1, "Operating system error 995."),
                            new SqlMessage(3013, 16, 1, "terminating abnormally.")));

    private final JobWork work;

    ExplanationTest(@TempDir Path home) {
        JobContext context =
                new JobContext(
                        "id",
                        "a test",
                        new ScriptedServer(),
                        new RunHistory(home),
                        JobClock.system());
        this.work =
                new BackupWork(
                        new BackupRequest(
                                "scripted",
                                "Sales",
                                BackupType.FULL,
                                false,
                                false,
                                home,
                                1,
                                TransferOptions.DEFAULT,
                                0),
                        context);
    }

    private String text(
            Throwable trouble, @Nullable TransferFailure failure, @Nullable Verdict verdict) {
        return new Explanation(work, JobState.STREAMING, trouble, failure, verdict).text();
    }

    @Test
    void putsTheDevicesErrorBeforeTheServersEcho() {
        String text =
                text(
                        new StatementFailedException(),
                        new TransferFailure(1, new IOException("could not write to stripe-02")),
                        CUT_OFF);
        assertThat(text)
                .contains("failed: device 2: could not write to stripe-02")
                .contains("The server reported: Msg 18210");
    }

    @Test
    void blamesTheServerWhenOnlyItsAbortWasSeen() {
        String text = text(new VdiException("OpenDevice", VdiStatus.ABORT), null, CUT_OFF);
        assertThat(text)
                .contains("failed: Msg 18210")
                .doesNotContain("VD_E_ABORT")
                .doesNotContain("The server reported");
    }

    @Test
    void blamesWhatFailedHereEvenWhenTheServerComplainsAfterwards() {
        String text = text(new VdiException("OpenDevice", VdiStatus.MEMORY), null, CUT_OFF);
        assertThat(text).contains("VD_E_MEMORY").contains("The server reported: Msg 18210");
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
    void saysThatTheServerCountsABackupWhoseSetWasLost() {
        Verdict taken = new Verdict.Succeeded(new StatementResult(List.of(), List.of()));
        assertThat(text(new IOException("could not write manifest.json"), null, taken))
                .contains("could not write manifest.json")
                .contains("take a full backup before the next differential");
        assertThat(text(new IOException("could not write stripe-01"), null, CUT_OFF))
                .doesNotContain("take a full backup");
    }

    @Test
    void showsTheKindOfAnExceptionThatIsNotOurs() {
        assertThat(text(new java.nio.file.AccessDeniedException("/backups"), null, null))
                .contains("AccessDeniedException: /backups");
    }
}
