package dev.sluice.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.BackupType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** Backups of SQL Server, through everything there is. */
@Timeout(120)
class BackupEndToEndTest {

    private SqlServerBench bench;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        bench = new SqlServerBench(home);
        bench.server.create("Sales", Recording.chain());
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void assertSetIs(Path folder, Recording recording) throws Exception {
        BackupSet set = BackupSet.open(folder);
        assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems()).isEmpty();
        assertThat(set.manifest().stripes()).hasSize(recording.stripes().size());
        for (int i = 0; i < recording.stripes().size(); i++) {
            assertThat(Files.readAllBytes(set.stripePath(i))).isEqualTo(recording.stripes().get(i));
        }
    }

    @Test
    void aFullBackupBringsEveryByteThatTheServerSent() throws Exception {
        Path set = bench.complete(bench.backup("Sales", BackupType.FULL, 1));
        assertSetIs(set, Recording.chain().getFirst());
    }
}
