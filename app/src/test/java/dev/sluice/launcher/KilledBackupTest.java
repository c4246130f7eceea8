package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;

/**
 * Kills real processes at 100 random moments of a backup, the way a power cut would, and looks at
 * what is left each time.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledBackupTest {

    private static final int KILLS = 100;
    private static final long SEED = 20_260_102;

    @TempDir private Path home;

    @Test
    void aKilledBackupIsNeverCalledGoodAndTheDatabaseIsUnharmed() throws Exception {
        KilledBackups backups = new KilledBackups(home, SEED);
        backups.kill(KILLS);
        assertThat(backups.unfinished()).isGreaterThan(KILLS / 2);
        backups.afterAll();
    }
}
