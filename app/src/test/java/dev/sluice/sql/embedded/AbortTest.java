package dev.sluice.sql.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.protocol.CommandCode;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Aborts by either end, and refusals by the client, at any moment of a backup or restore. */
@Timeout(120)
class AbortTest {

    private static final int MOMENTS = 40;

    @TempDir Path folder;

    private TestServer test;

    @BeforeEach
    void open() throws Exception {
        test = new TestServer(folder, 3);
        test.createFilled("a", 1500);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static void assertAborted(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlServerException.class,
                        e ->
                                assertThat(e.messages())
                                        .extracting(SqlMessage::number)
                                        .endsWith(18210, SqlMessage.TERMINATED_ABNORMALLY));
    }

    /** Aborts when so many commands have arrived on all devices together. */
    private static TestClient.Answer abortAt(int moment) {
        AtomicInteger count = new AtomicInteger();
        return (set, device, number, command) -> {
            if (count.incrementAndGet() == moment) {
                set.signalAbort();
            }
            return 0;
        };
    }

    @Test
    void aClientThatAbortsABackupLeavesNothingBehind() throws Exception {
        List<String> before = test.files();
        Random random = new Random(1);
        for (int i = 0; i < MOMENTS; i++) {
            int devices = 1 + random.nextInt(4);
            int moment = 1 + random.nextInt(25);
            assertAborted(
                    () ->
                            test.client()
                                    .answering(abortAt(moment))
                                    .backup(
                                            TestServer.backup(
                                                    "a", devices, BackupType.FULL, false)));
            assertThat(test.files()).isEqualTo(before);
        }
        test.client().restore("b", test.client().backup("a", 2));
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void anAbortEndsManyDevicesThatWaitForOneBuffer() throws Exception {
        List<String> before = test.files();
        for (int moment = 1; moment <= MOMENTS; moment++) {
            BackupStatement statement =
                    new BackupStatement(
                            BackupType.FULL,
                            "a",
                            new Scope.WholeDatabase(),
                            TestClient.names(8),
                            new BackupStatement.Options(
                                    true,
                                    false,
                                    false,
                                    new Compression.ServerDefault(),
                                    new TransferOptions(512, 1 + moment % 2, 65536),
                                    0,
                                    "",
                                    "",
                                    TailLog.NONE));
            TestClient client = test.client().answering(abortAt(moment));
            assertAborted(() -> client.backup(statement));
        }
        assertThat(test.files()).isEqualTo(before);
    }

    @Test
    void aBackupWhoseImageWasOverwrittenDoesNotSayThatItIsComplete() {
        Queue<CommandCode> seen = new ConcurrentLinkedQueue<>();
        assertThatThrownBy(
                        () ->
                                test.client()
                                        .answering(
                                                (set, device, number, command) -> {
                                                    seen.add(command.code());
                                                    overwriteItself();
                                                    return 0;
                                                })
                                        .backup("a", 2))
                .hasMessageContaining("3203")
                .hasMessageContaining("3013");
        assertThat(seen).contains(CommandCode.WRITE).doesNotContain(CommandCode.COMPLETE);
    }

    /** Writes a byte of the open data file again, as it is. */
    private void overwriteItself() {
        try {
            DataFile file = Objects.requireNonNull(DataFileSystem.open(dataFile()));
            ByteBuffer same = ByteBuffer.allocate(1);
            file.read(same, 9000);
            file.write(same.flip(), 9000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path dataFile() throws IOException {
        String name =
                test.files().stream().filter(file -> file.endsWith(".mv.db")).findFirst().get();
        return folder.toRealPath().resolve(name);
    }

    @Test
    void aClientThatAbortsARestoreLeavesTheTargetAsItWas() throws Exception {
        List<byte[]> stripes = test.client().backup("a", 3);
        test.createFilled("b", 10);
        List<String> before = test.files();
        Random random = new Random(2);
        for (int i = 0; i < MOMENTS; i++) {
            int moment = 1 + random.nextInt(20);
            assertAborted(
                    () ->
                            test.client()
                                    .answering(abortAt(moment))
                                    .restore(TestServer.restore("b", 3, true, false), stripes));
            assertThat(test.files()).isEqualTo(before);
            assertThat(test.number("b", "SELECT COUNT(*) FROM t")).isEqualTo(10);
        }
        test.client().restore(TestServer.restore("b", 3, true, false), stripes);
        assertThat(test.areEqual("a", "b")).isTrue();
    }

    @Test
    void aSessionThatIsCancelledEndsItsStatement() throws Exception {
        List<String> before = test.files();
        for (int moment = 1; moment < 20; moment += 3) {
            int last = moment;
            AtomicInteger count = new AtomicInteger();
            assertAborted(
                    () ->
                            test.client()
                                    .answering(
                                            (set, device, number, command) -> {
                                                if (count.incrementAndGet() == last) {
                                                    test.server.cancelAll();
                                                }
                                                return 0;
                                            })
                                    .backup(TestServer.backup("a", 2, BackupType.FULL, false)));
            assertThat(test.files()).isEqualTo(before);
        }
    }

    @Test
    void aRefusedCommandFailsTheBackup() throws Exception {
        List<String> before = test.files();
        Random random = new Random(4);
        for (int i = 0; i < MOMENTS; i++) {
            int devices = 1 + random.nextInt(4);
            int refused = 1 + random.nextInt(20);
            AtomicInteger count = new AtomicInteger();
            assertThatThrownBy(
                            () ->
                                    test.client()
                                            .answering(
                                                    (set, device, number, command) ->
                                                            count.incrementAndGet() == refused
                                                                    ? 112
                                                                    : 0)
                                            .backup(
                                                    TestServer.backup(
                                                            "a", devices, BackupType.FULL, false)))
                    .isInstanceOfSatisfying(
                            SqlServerException.class,
                            e ->
                                    assertThat(e.messages())
                                            .extracting(SqlMessage::number)
                                            .endsWith(3202, SqlMessage.TERMINATED_ABNORMALLY));
            assertThat(test.files()).isEqualTo(before);
        }
    }

    @Test
    void aStatementWithoutADeviceSetFailsAtOnce() throws Exception {
        try (SqlSession session = test.server.connect()) {
            assertThatThrownBy(
                            () ->
                                    session.execute(
                                            "BACKUP DATABASE a TO VIRTUAL_DEVICE = 'nobody'",
                                            message -> {}))
                    .hasMessageContaining("3201")
                    .hasMessageContaining("nobody")
                    .hasMessageContaining("3013");
        }
    }
}
