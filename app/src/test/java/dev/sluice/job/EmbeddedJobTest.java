package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Objects;

/** Backups and restores of a real database, from the first statement to the last row. */
@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
@Timeout(240)
class EmbeddedJobTest {

    private final EmbeddedBench bench;

    EmbeddedJobTest(Provider provider, @TempDir Path home) throws Exception {
        bench = new EmbeddedBench(provider, home);
        bench.createSample(2 << 20);
    }

    @AfterEach
    void end() {
        bench.close();
        bench.vdi.assertNothingIsLeft();
    }

    @Test
    void bringsBackEveryRowUnderAnotherName() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 4, 0));
        assertThat(BackupSetVerifier.verify(BackupSet.open(set), VerifyListener.NONE).problems())
                .isEmpty();
        bench.complete(EmbeddedBench.restore(set, "Copy", false, 0));
        bench.assertEqual(EmbeddedBench.SAMPLE, "Copy");
    }

    @Test
    void bringsBackAFullAndADifferential() throws Exception {
        Path full = bench.complete(bench.backup(BackupType.FULL, 2, 0));
        change(bench);
        Path differential = bench.complete(bench.backup(BackupType.DIFFERENTIAL, 1, 0));
        assertThat(BackupSet.open(differential).manifest().rawSize())
                .isLessThan(BackupSet.open(full).manifest().rawSize());

        bench.complete(EmbeddedBench.restoreWithNoRecovery(full, "Copy"));
        assertThat(Objects.requireNonNull(bench.database("Copy")).state())
                .isEqualTo(DatabaseInfo.State.RESTORING);
        bench.complete(EmbeddedBench.restore(differential, "Copy", false, 0));
        bench.assertEqual(EmbeddedBench.SAMPLE, "Copy");
    }

    private static void change(EmbeddedBench bench) throws Exception {
        try (Connection connection = bench.server.openConnection(EmbeddedBench.SAMPLE);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ADDED (ID INT PRIMARY KEY, WORD VARCHAR(20))");
            statement.execute("INSERT INTO ADDED VALUES (1, 'one'), (2, 'two')");
        }
    }

    @Test
    void refusesADifferentialWithoutItsBase() {
        JobSnapshot end = bench.run(bench.backup(BackupType.DIFFERENTIAL, 1, 0));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.result())
                .contains("no full backup of \"Sample\"")
                .contains("take one first");
        assertThat(end.statement()).isNull();
    }

    @Test
    void spellsTheDatabaseAsItsServerDoes() {
        BackupRequest asked = bench.backup(BackupType.FULL, 1, 0);
        BackupRequest request =
                new BackupRequest(
                        asked.server(),
                        "sAMPLE",
                        asked.type(),
                        false,
                        false,
                        asked.destination(),
                        1,
                        asked.options().transfer(),
                        0);
        Path set = bench.complete(request);
        assertThat(set.getParent()).hasFileName(EmbeddedBench.SAMPLE);
    }

    @Test
    void theServerVerifiesASetAndPlansItsRestore() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 3, 0));
        Job verification = bench.engine.verify(new VerifyRequest("embedded", set, 0), "a test");
        verification.start();
        JobSnapshot end = Bench.await(verification);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        Plan plan = bench.engine.plan(EmbeddedBench.restore(set, "Copy", false, 0), "a test");
        plan.start();
        assertThat(Bench.await(plan).state()).isEqualTo(JobState.COMPLETED);
        assertThat(plan.statements())
                .singleElement()
                .asString()
                .startsWith("RESTORE DATABASE [Copy] FROM VIRTUAL_DEVICE = N'Sluice-example'");
        assertThat(bench.database("Copy")).isNull();
    }

    @Test
    void replacesADatabaseOnlyWhenAllowed() throws Exception {
        Path set = bench.complete(bench.backup(BackupType.FULL, 2, 0));
        bench.complete(EmbeddedBench.restore(set, "Copy", false, 0));
        assertThat(bench.run(EmbeddedBench.restore(set, "Copy", false, 0)).result())
                .contains("\"Copy\" exists on embedded");
        bench.complete(EmbeddedBench.restore(set, "Copy", true, 0));
        bench.assertEqual(EmbeddedBench.SAMPLE, "Copy");
    }

    @Test
    void refinesItsEstimateByTheServersPercents() {
        JobSnapshot end = bench.run(bench.backup(BackupType.FULL, 2, 0));
        assertThat(end.progress().serverPercent()).isEqualTo(100);
    }
}
