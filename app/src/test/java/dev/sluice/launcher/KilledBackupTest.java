package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Kills real processes at 100 random moments of a backup, the way a power cut would, and looks at
 * what is left each time.
 */
class KilledBackupTest {

    private static final int KILLS_EACH = 50;
    private static final long SEED = 20_260_102;

    @TempDir private Path folder;

    @Test
    void aKilledBackupIsNeverCalledGoodAndTheDatabaseIsUnharmed() throws Exception {
        KilledBackups one = new KilledBackups(folder.resolve("one"), SEED);
        KilledBackups two = new KilledBackups(folder.resolve("two"), SEED + 1);
        try (ExecutorService pair = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both =
                    List.of(
                            pair.submit(() -> one.kill(KILLS_EACH)),
                            pair.submit(() -> two.kill(KILLS_EACH)));
            for (Future<?> each : both) {
                each.get();
            }
        }
        assertThat(one.unfinished() + two.unfinished()).isGreaterThan(KILLS_EACH);
        one.afterAll();
        two.afterAll();
    }
}
