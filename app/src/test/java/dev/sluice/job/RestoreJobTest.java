package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
@Timeout(120)
class RestoreJobTest {

    private final Path home;
    private final ScriptedServer server;
    private final Bench bench;
    private Path set = Path.of("none");

    RestoreJobTest(Provider provider, @TempDir Path home) {
        this.home = home;
        this.server = new ScriptedServer(provider);
        this.bench = new Bench(home, server);
    }

    @BeforeEach
    void backUp() throws Exception {
        set = Objects.requireNonNull(bench.run(bench.backup(3)).set());
        server.bytes.set(0);
        server.statements.set(0);
    }

    @AfterEach
    void end() {
        bench.close();
        server.vdi.assertNothingIsLeft();
    }

    @Test
    void feedsTheServerEveryByteItWrote() throws Exception {
        JobSnapshot end = bench.run(bench.restore(set, "Copy"));

        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.progress().source()).isEqualTo(JobSnapshot.EstimateSource.BACKUP_SET);
        assertThat(end.progress().fraction()).isEqualTo(1.0);
        assertThat(end.progress().bytesDone()).isEqualTo(server.bytes.get());
        assertThat(end.statement())
                .startsWith("RESTORE DATABASE [Copy] FROM VIRTUAL_DEVICE")
                .contains("BLOCKSIZE");
        assertThat(bench.lastRun().kind()).isEqualTo(JobKind.RESTORE);
    }

    @Test
    void takesTheNameFromTheSetWhenNoneIsGiven() throws Exception {
        server.databases.clear();
        RestoreRequest request = bench.restore(set, null);
        JobSnapshot end = bench.run(request);
        assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        assertThat(end.database()).isEqualTo("Sales");
    }

    @Nested
    class Refusal {

        private void assertRefused(RestoreRequest request, String... words) throws Exception {
            JobSnapshot end = bench.run(request);
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("was not started")
                    .contains(words)
                    .contains("Nothing was touched");
            assertThat(server.statements).hasValue(0);
        }

        @Test
        void namesTheDatabaseThatWouldBeReplaced() throws Exception {
            assertRefused(bench.restore(set, "Sales"), "\"Sales\" exists on scripted");
        }

        @Test
        void tellsThatTheSetHoldsAnotherDatabase() throws Exception {
            server.databases.add(ScriptedServer.database("Other", DatabaseInfo.State.ONLINE));
            assertRefused(bench.restore(set, "Other"), "\"Other\" exists", "holds another one");
        }

        @Test
        void ofANameNoServerAccepts() throws Exception {
            assertRefused(bench.restore(set, "x".repeat(200)), "128");
        }

        @Test
        void ofAFolderThatIsNoSet() throws Exception {
            assertRefused(bench.restore(home, "Copy"), "is not a backup set");
        }

        @Test
        void ofASetThatLacksAStripe() throws Exception {
            Files.delete(set.resolve("stripe-02.bak"));
            assertRefused(bench.restore(set, "Copy"), "stripe-02.bak is missing");
        }

        @Test
        void ofATruncatedStripe() throws Exception {
            try (FileChannel channel =
                    FileChannel.open(set.resolve("stripe-01.bak"), StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 1);
            }
            assertRefused(bench.restore(set, "Copy"), "stripe-01.bak is truncated");
        }

        @Test
        void ofADifferentialTellsWhichFullSetComesFirst() throws Exception {
            Path differential = backUpDifferential();
            assertRefused(
                    bench.restore(differential, "Copy"),
                    "there is no database \"Copy\"",
                    "restore " + set.toRealPath() + " with no recovery first");
        }

        @Test
        void ofADifferentialWhoseFullSetIsGone() throws Exception {
            Path differential = backUpDifferential();
            Files.delete(set.resolve("manifest.json"));
            assertRefused(bench.restore(differential, "Copy"), "is not beside it");
        }

        private Path backUpDifferential() throws Exception {
            BackupRequest request =
                    new BackupRequest(
                            "scripted",
                            "Sales",
                            BackupType.DIFFERENTIAL,
                            false,
                            false,
                            bench.destination,
                            1,
                            TransferOptions.DEFAULT,
                            0);
            JobSnapshot end = bench.run(request);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            server.statements.set(0);
            return Objects.requireNonNull(end.set());
        }
    }

    @Nested
    class Failure {

        @Test
        void ofADamagedChunkComesBeforeItsBytesReachTheServer() throws Exception {
            flipBit(set.resolve("stripe-02.bak"), 5 * ScriptedServer.TRANSFER + 17);
            JobSnapshot end = bench.run(bench.restore(set, "Copy"));
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            // a damaged read would have been compared, and told as 3241
            assertThat(end.result())
                    .contains("device 2", "stripe-02.bak is damaged", "ERROR_CRC")
                    .doesNotContain("3241");
        }

        @Test
        void ofTheVerdictTellsTheStateOfTheTarget() throws Exception {
            server.databases.add(ScriptedServer.database("Copy", DatabaseInfo.State.RESTORING));
            RestoreRequest replacing =
                    new RestoreRequest(
                            "scripted",
                            set,
                            "Copy",
                            RestoreRequest.Options.plain(true, false),
                            TransferOptions.DEFAULT,
                            0);
            server.verdict = ScriptedServer.error(3203, "Read failed.").messages();
            JobSnapshot end = bench.run(replacing);
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("Msg 3203", "\"Copy\" is RESTORING now and cannot be used");
        }

        private void flipBit(Path file, long position) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer octet = ByteBuffer.allocate(1);
                channel.read(octet, position);
                octet.put(0, (byte) (octet.get(0) ^ 4)).flip();
                channel.write(octet, position);
            }
        }
    }

    @Nested
    class Cancel {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        private void meet() {
            reached.countDown();
            Bench.await(goOn);
        }

        private void assertCancelled(Job job) throws Exception {
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.outstanding()).isZero();
            assertThat(end.drain())
                    .extracting(DrainStep::status)
                    .containsOnly(DrainStep.Status.DONE);
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.CANCELLED);
        }

        @Test
        void inMidStreamTellsWhatBecameOfTheTarget() throws Exception {
            server.beforeTransfer =
                    (device, number) -> {
                        if (number == 5) {
                            meet();
                        }
                    };
            Job job = bench.start(bench.restore(set, "Copy"));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            goOn.countDown();
            assertCancelled(job);
            assertThat(job.snapshot().result())
                    .contains("There is no database \"Copy\" on the server");
            server.beforeTransfer = (device, number) -> {};
            assertThat(bench.run(bench.restore(set, "Copy")).state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void whileFinalisingSendsAnAttention() throws Exception {
            server.beforeVerdict =
                    set -> {
                        meet();
                        throw ScriptedServer.error(3204, "The restore was aborted.");
                    };
            server.onAttention = goOn::countDown;
            Job job = bench.start(bench.restore(set, "Copy"));
            Bench.await(reached);
            Bench.awaitState(job, JobState.FINALISING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            assertCancelled(job);
        }

        @Test
        void whileFinalisingTellsWhenTheServerSucceededAllTheSame() throws Exception {
            server.beforeVerdict = set -> meet();
            server.onAttention = goOn::countDown;
            Job job = bench.start(bench.restore(set, "Copy"));
            Bench.await(reached);
            Bench.awaitState(job, JobState.FINALISING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.cancelTooLate()).isTrue();
        }
    }
}
