package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.Job.CancelReply;
import dev.sluice.media.BackupCatalog;
import dev.sluice.media.BackupSet;
import dev.sluice.media.BackupSetVerifier;
import dev.sluice.media.VerifyListener;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.Command;
import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.protocol.VdiStatus;
import dev.sluice.vdi.words.Said;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
@Timeout(120)
class BackupJobTest {

    private final Path home;
    private final ScriptedServer server;
    private final Bench bench;

    BackupJobTest(Provider provider, @TempDir Path home) {
        this.home = home;
        this.server = new ScriptedServer(provider);
        this.bench = new Bench(home, server);
    }

    @AfterEach
    void end() {
        bench.close();
        server.vdi.assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(bench.files()).isEmpty();
    }

    @Nested
    class Success {

        @Test
        void commitsASetThatVerifies() throws Exception {
            JobSnapshot end = bench.run(bench.backup(3));

            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            BackupSet set = BackupSet.open(Objects.requireNonNull(end.set()));
            assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems()).isEmpty();
            assertThat(set.manifest().rawSize()).isEqualTo(server.bytes.get());
            assertThat(set.manifest().statement()).isEqualTo(end.statement());
            assertThat(set.manifest().blockSize()).isEqualTo(65536);
            assertThat(set.manifest().trigger()).isEqualTo("a test");
        }

        @Test
        void doesWithoutCompleteWhereTheServerDoesNotOfferIt() throws Exception {
            server.offersComplete = false;
            JobSnapshot end = bench.run(bench.backup(2));

            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(server.completed).hasValue(0);
            BackupSet set = BackupSet.open(Objects.requireNonNull(end.set()));
            assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems()).isEmpty();
            assertThat(set.manifest().rawSize()).isEqualTo(server.bytes.get());
        }

        @Test
        void freezesTheSnapshotWithTheFinalFacts() throws Exception {
            Job job = bench.start(bench.backup(2));
            JobSnapshot end = job.await();

            assertThat(job.snapshot()).isSameAs(end);
            assertThat(end.progress().bytesDone()).isEqualTo(server.bytes.get());
            assertThat(end.progress().fraction()).isEqualTo(1.0);
            assertThat(end.progress().averageBytesPerSecond()).isPositive();
            assertThat(end.outstanding()).isZero();
            assertThat(end.drain()).isEmpty();
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsOnly(JobSnapshot.DeviceState.CLOSED);
            assertThat(end.devices().getFirst().bytes())
                    .isEqualTo((long) server.transfersPerDevice * ScriptedServer.TRANSFER);
        }

        @Test
        void writesTheRunIntoTheHistory() throws Exception {
            JobSnapshot end = bench.run(bench.backup(1));

            RunRecord run = bench.lastRun();
            assertThat(run.id()).isEqualTo(end.id());
            assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.COMPLETED);
            assertThat(run.bytes()).isEqualTo(server.bytes.get());
            assertThat(run.type()).isEqualTo("full");
            assertThat(run.trigger()).isEqualTo("a test");
            assertThat(run.set()).isEqualTo(end.set());
        }

        @Test
        void itsStatementIsInTheHistoryBeforeTheServerCanRecordTheBackup() throws Exception {
            AtomicReference<RunRecord> kept = new AtomicReference<>();
            server.beforeAttach = set -> kept.set(bench.lastRun());
            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(kept.get().outcome()).isEqualTo(RunRecord.Outcome.RUNNING);
            assertThat(kept.get().statement()).isNotNull().isEqualTo(end.statement());
        }

        @Test
        void estimatesFromThePagesInUseOrChangedWhereTheServerTells() throws Exception {
            server.allocated = OptionalLong.of(1000);
            server.changed = OptionalLong.of(500);
            assertThat(bench.run(bench.backup(1)).progress().source())
                    .isEqualTo(JobSnapshot.EstimateSource.ALLOCATED_PAGES);
            BackupRequest differential =
                    new BackupRequest(
                            "scripted",
                            "Sales",
                            BackupType.DIFFERENTIAL,
                            false,
                            true,
                            bench.destination,
                            1,
                            TransferOptions.DEFAULT,
                            0);
            assertThat(bench.run(differential).progress().source())
                    .isEqualTo(JobSnapshot.EstimateSource.CHANGED_PAGES);
        }

        @Test
        void listensToWhatASecondSessionIsTold() throws Exception {
            server.sessionId = OptionalInt.of(51);
            server.percents = OptionalDouble::of;
            CountDownLatch seen = new CountDownLatch(1);
            server.beforeDevicesClose = () -> Bench.await(seen);

            Job job = bench.start(bench.backup(1));
            Bench.until(
                    job,
                    () ->
                            job.snapshot().progress().source()
                                    == JobSnapshot.EstimateSource.SERVER_REQUEST);
            seen.countDown();

            assertThat(Bench.await(job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(server.open).hasValue(0);
        }

        @Test
        void estimatesFromTheDatabaseFirstAndFromTheLastRunThen() throws Exception {
            JobSnapshot first = bench.run(bench.backup(1));
            JobSnapshot second = bench.run(bench.backup(1));

            assertThat(first.progress().source())
                    .isEqualTo(JobSnapshot.EstimateSource.DATABASE_SIZE);
            assertThat(second.progress().source()).isEqualTo(JobSnapshot.EstimateSource.LAST_RUN);
        }

        @Test
        void doesWithoutAHistoryThatCannotBeRead() throws Exception {
            // a folder where a row belongs: reading it is an I/O error
            Files.createDirectories(home.resolve("state/history/unreadable.json"));

            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void saysWhatItWaitsForWhenTheServerIsSlowToAttach() throws Exception {
            server.vdi.elapsingWaits.set(1000);

            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.events())
                    .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                    .singleElement()
                    .extracting(JobEvent::text)
                    .asString()
                    .contains("VD_E_TIMEOUT (0x80770003)", "sysadmin", "another instance");
        }

        @Test
        void walksTheStatesInOrder() throws Exception {
            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(end.events())
                    .extracting(JobEvent::text)
                    .filteredOn(text -> text.contains("→"))
                    .map(text -> text.substring(0, text.indexOf(':')))
                    .containsExactly(
                            "PREPARING → CONNECTING",
                            "CONNECTING → STREAMING",
                            "STREAMING → FINALISING",
                            "FINALISING → COMPLETED");
        }
    }

    @Nested
    class Refusal {

        /** By the plan and by the run, in the same words. */
        private void assertRefused(BackupRequest request, String... words) throws Exception {
            assertThatThrownBy(() -> bench.engine.plan(request))
                    .isInstanceOf(JobException.class)
                    .message()
                    .contains(words);
            JobSnapshot end = bench.run(request);
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result()).contains("was not started").contains(words);
            assertThat(server.statements).hasValue(0);
            assertNothingIsLeft();
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.FAILED);
        }

        private BackupRequest of(String database, BackupType type) {
            return new BackupRequest(
                    "scripted",
                    database,
                    type,
                    false,
                    false,
                    bench.destination,
                    1,
                    TransferOptions.DEFAULT,
                    0);
        }

        @Test
        void namesTheDatabaseThatMayHaveBeenMeant() throws Exception {
            assertRefused(of("Salse", BackupType.FULL), "Salse", "did you mean Sales?");
        }

        @Test
        void showsNoDrainWhereThereWasNothingToDrain() throws Exception {
            JobSnapshot end = bench.run(of("Salse", BackupType.FULL));
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.drain()).isEmpty();
        }

        @Test
        void wantsTheDatabaseOnline() throws Exception {
            server.databases.set(0, ScriptedServer.database("Sales", DatabaseInfo.State.RESTORING));
            assertRefused(bench.backup(1), "RESTORING", "ONLINE");
        }

        @Test
        void takesNoLogUnderTheSimpleModel() throws Exception {
            server.databases.set(
                    0, ScriptedServer.database("Sales", DatabaseInfo.State.ONLINE, "SIMPLE", 1));
            assertRefused(of("Sales", BackupType.LOG), "simple recovery model");
        }

        @Test
        void wantsAFolderAsTheDestination() throws Exception {
            bench.destination = Files.createFile(home.resolve("file")).resolve("below");
            JobSnapshot end = bench.run(bench.backup(1));
            assertThat(end.result()).contains(home.resolve("file").toString(), "is no folder");
            assertThat(server.statements).hasValue(0);
        }

        @Test
        void wantsRoomForTheEstimate() throws Exception {
            server.databases.set(
                    0,
                    ScriptedServer.database(
                            "Sales", DatabaseInfo.State.ONLINE, "FULL", Long.MAX_VALUE));
            assertRefused(bench.backup(1), "bytes free", "make room");
            assertThat(bench.destination).doesNotExist();
        }

        @Test
        void triesWithLessRoomWhereTheServerCompresses() throws Exception {
            server.allocated = OptionalLong.of(Long.MAX_VALUE);
            assertRefused(bench.backup(1), "bytes free", "the pages in use", "make room");

            server.compresses = true;
            assertThat(assertPlanTellsOf(bench.backup(1)))
                    .singleElement()
                    .asString()
                    .contains("bytes free", "before the server compresses it");
        }

        /** What the run warned of, which its plan told in advance. */
        private List<String> assertPlanTellsOf(BackupRequest request) throws Exception {
            PlannedBackup plan = bench.engine.plan(request).getFirst();
            List<String> notes = plan.notes().stream().map(Told::english).toList();
            JobSnapshot end = bench.run(request);

            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(plan.database()).isEqualTo(end.database());
            assertThat(end.events())
                    .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                    .extracting(event -> withoutNumbers(event.text()))
                    .isEqualTo(notes.stream().map(this::withoutNumbers).toList());
            return notes;
        }

        /** How much room a disk has, changes from one moment to the next. */
        private String withoutNumbers(String text) {
            return text.replaceAll("\\d[\\d,]*", "n");
        }

        @Test
        void aPlanTellsOfEncryptionAsTheRunDoesAndTouchesNothing() throws Exception {
            server.databases.set(
                    0,
                    new DatabaseInfo(
                            "Sales", DatabaseInfo.State.ONLINE, "FULL", 1, true, true, true));
            bench.engine.plan(bench.backup(1));
            assertThat(bench.destination).doesNotExist();
            assertThat(assertPlanTellsOf(bench.backup(1)))
                    .singleElement()
                    .asString()
                    .contains("is encrypted (TDE)");
        }

        @Test
        void countsTheRoomThatRemainsOfADeadRunGiveBack() throws Exception {
            Path dead = bench.destination.resolve("scripted/Sales/20260101-000000-full");
            Files.createDirectories(dead);
            Path stripe = dead.resolve("stripe-01.bak.partial");
            long terabyte = 1L << 40;
            try (FileChannel sparse =
                    FileChannel.open(
                            FaultyFileSystem.unwrap(stripe),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.SPARSE,
                            StandardOpenOption.WRITE)) {
                sparse.write(ByteBuffer.allocate(1), terabyte - 1);
            }
            long free = Files.getFileStore(dead).getUsableSpace();

            server.allocated = OptionalLong.of(free + 2 * terabyte);
            assertThatThrownBy(() -> bench.engine.plan(bench.backup(1)))
                    .isInstanceOf(JobException.class);
            assertThat(bench.run(bench.backup(1)).state()).isEqualTo(JobState.FAILED);
            assertThat(stripe).exists();

            server.allocated = OptionalLong.of(free + terabyte / 2);
            assertThat(assertPlanTellsOf(bench.backup(1))).isEmpty();
            assertThat(dead).doesNotExist();
        }

        @Test
        void onlyWarnsOfALackOfRoomByTheLastRun() throws Exception {
            RunHistory history = RunHistory.of(Folders.under(home));
            for (BackupType type : BackupType.values()) {
                RunRecord huge = ofLastRun(type);
                history.begin(huge);
                history.end(huge, RunStory.NONE);

                assertThat(assertPlanTellsOf(of("Sales", type)))
                        .anyMatch(text -> text.contains("as much as the last one"));
            }
        }

        private RunRecord ofLastRun(BackupType type) {
            return new RunRecord(
                    // names begin with the time
                    "2026-huge-" + type.word(),
                    JobKind.BACKUP,
                    "scripted",
                    "Sales",
                    type.word(),
                    RunRecord.Outcome.COMPLETED,
                    Instant.EPOCH,
                    Duration.ZERO,
                    Long.MAX_VALUE,
                    "a test",
                    null,
                    null,
                    null,
                    RunRecord.Finding.NONE);
        }

        @Test
        void doesNotTakeABackupOfSomeFilesForTheLastRun() throws Exception {
            JobSnapshot part =
                    bench.run(
                            new BackupRequest(
                                    "scripted",
                                    List.of("Sales"),
                                    BackupType.FULL,
                                    new Scope.Files(List.of("a"), List.of()),
                                    bench.backup(1).options(),
                                    bench.destination,
                                    1,
                                    0));
            assertThat(part.state()).as(part.result()).isEqualTo(JobState.COMPLETED);
            assertThat(part.progress().source()).isEqualTo(JobSnapshot.EstimateSource.NONE);
            assertThat(bench.lastRun().type()).isEqualTo("full, files");
            assertThat(BackupSet.open(Objects.requireNonNull(part.set())).manifest().scope())
                    .isEqualTo("files");

            assertThat(bench.run(bench.backup(1)).progress().source())
                    .isEqualTo(JobSnapshot.EstimateSource.DATABASE_SIZE);
        }

        @Test
        void knowsItsServers() {
            BackupRequest request =
                    new BackupRequest(
                            "scriptd",
                            "Sales",
                            BackupType.FULL,
                            false,
                            false,
                            home,
                            1,
                            TransferOptions.DEFAULT,
                            0);
            assertThatThrownBy(() -> bench.engine.backup(request, "a test"))
                    .isInstanceOf(UnknownNameException.class)
                    .hasMessageContaining("scriptd")
                    .hasMessageContaining("\"scripted\"");
        }
    }

    @Nested
    class Failure {

        private JobSnapshot runAndFail() throws Exception {
            return assertFailed(bench.start(bench.backup(2)));
        }

        private JobSnapshot assertFailed(Job job) throws Exception {
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.outstanding()).isZero();
            assertNothingIsLeft();
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.FAILED);
            return end;
        }

        @Test
        void ofAStatementBeforeItAttached() throws Exception {
            server.beforeAttach =
                    set -> {
                        throw ScriptedServer.error(911, "Database 'Sales' does not exist.");
                    };
            JobSnapshot end = runAndFail();
            assertThat(end.result()).contains("Msg 911").contains("Check the name of the database");
        }

        @Test
        void ofAServerThatRefusesTheConfiguration() throws Exception {
            server.beforeConfiguration =
                    set -> {
                        set.signalAbort();
                        throw ScriptedServer.error(3266, "The device set cannot be used.");
                    };
            assertThat(runAndFail().result()).contains("Msg 3266");
        }

        @Test
        void ofAServerThatAbortsInMidStream() throws Exception {
            server.onTransferDone =
                    set -> {
                        // the script signals the abort, after it noted why
                        if (server.bytes.get() > 8 * ScriptedServer.TRANSFER) {
                            throw ScriptedServer.error(823, "The disk of the server failed.");
                        }
                    };
            JobSnapshot end = runAndFail();
            assertThat(end.result()).contains("Msg 823");
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsOnly(JobSnapshot.DeviceState.ABORTED);
        }

        @Test
        void ofTheVerdictAfterAllDataWentWell() throws Exception {
            server.verdict = ScriptedServer.error(3013, "No.").messages();
            JobSnapshot end = runAndFail();
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsOnly(JobSnapshot.DeviceState.CLOSED);
            assertThat(end.result()).contains("Msg 3013");
        }

        @Test
        void ofAVerdictThatDoesNotSaySuccess() throws Exception {
            server.verdict = List.of(new SqlMessage(5701, 0, 1, "Changed database context."));
            assertThat(runAndFail().result()).contains("without message 3014");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void ofADeviceThatIsLostAbortsTheOthers(boolean atCompletion) throws Exception {
            server.vdi.onOpen =
                    device ->
                            device.name().endsWith("-2")
                                    ? new LostDevice(device, atCompletion)
                                    : device;
            CountDownLatch aborted = new CountDownLatch(1);
            server.beforeTransfer =
                    (device, number) -> {
                        if (number == 3) {
                            Bench.await(aborted);
                        }
                    };
            Job job = bench.start(bench.backup(2));
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            aborted.countDown();
            JobSnapshot end = assertFailed(job);
            assertThat(end.result())
                    .contains("device 2", "VD_E_UNEXPECTED (0x8077000B)", "Msg 18210");
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsExactly(
                            JobSnapshot.DeviceState.ABORTED,
                            atCompletion
                                    ? JobSnapshot.DeviceState.ABORTED
                                    : JobSnapshot.DeviceState.FAILED);
        }

        /** Its library fails after the third command, and the server would wait for ever. */
        private static final class LostDevice implements ClientDevice {

            private final ClientDevice device;
            private final boolean atCompletion;
            private final AtomicInteger fetched = new AtomicInteger();

            LostDevice(ClientDevice device, boolean atCompletion) {
                this.device = device;
                this.atCompletion = atCompletion;
            }

            @Override
            public String name() {
                return device.name();
            }

            @Override
            public @Nullable Command getCommand(long timeoutMillis) throws VdiException {
                if (fetched.get() == 3 && !atCompletion) {
                    throw new VdiException(Said.asIs("GetCommand"), VdiStatus.UNEXPECTED);
                }
                Command command = device.getCommand(timeoutMillis);
                if (command != null) {
                    fetched.incrementAndGet();
                }
                return command;
            }

            @Override
            public void completeCommand(
                    Command command, int completionCode, int bytesTransferred, long position)
                    throws VdiException {
                device.completeCommand(command, completionCode, bytesTransferred, position);
                if (fetched.get() == 3 && atCompletion) {
                    throw new VdiException(Said.asIs("CompleteCommand"), VdiStatus.UNEXPECTED);
                }
            }
        }

        @Test
        void ofAFullDiskWithItsCauseBeforeTheServersWords() throws Exception {
            FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
            bench.destination = files.wrap(bench.destination);
            files.onWrite(
                    (file, channel) -> {
                        if (server.bytes.get() > 4 * ScriptedServer.TRANSFER
                                && file.toString().contains("stripe-02")) {
                            throw new IOException("No space left on device");
                        }
                    });
            String result = Objects.requireNonNull(runAndFail().result());
            assertThat(result)
                    .contains("device 2", "stripe-02", "quota is full", "Msg 18210")
                    .contains(
                            "the server was told ERROR_DISK_FULL (112, 0x70): the disk is full",
                            "Likely cause: The destination has no room",
                            "To do: Make room at the destination");
            assertThat(result.indexOf("quota is full"))
                    .isLessThan(result.indexOf("The server reported"));
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

        private JobSnapshot assertCancelled(Job job) throws Exception {
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            assertThat(end.outstanding()).isZero();
            assertThat(end.result()).contains("was cancelled by the test");
            assertThat(end.drain())
                    .extracting(DrainStep::status)
                    .hasSize(Phase.values().length)
                    .containsOnly(DrainStep.Status.DONE);
            assertNothingIsLeft();
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.CANCELLED);
            return end;
        }

        private void assertNextRunSucceeds() throws Exception {
            server.onConnect = () -> {};
            server.beforeAttach = set -> {};
            server.beforeTransfer = (device, number) -> {};
            server.beforeVerdict = set -> {};
            assertThat(bench.run(bench.backup(2)).state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void whilePreparing() throws Exception {
            server.onConnect = this::meet;
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.snapshot().state()).isEqualTo(JobState.PREPARING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            goOn.countDown();
            assertCancelled(job);
            assertThat(server.statements).hasValue(0);
            assertNextRunSucceeds();
        }

        @Test
        void beforeItWasStarted() throws Exception {
            Job job = bench.engine.backup(bench.backup(2), "a test");
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            job.start();
            assertCancelled(job);
        }

        @Test
        void whileTheServerHasNotAttached() throws Exception {
            server.beforeAttach = set -> meet();
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.awaitState(job, JobState.CONNECTING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SET_CLOSED));
            goOn.countDown();
            assertCancelled(job);
            assertNextRunSucceeds();
        }

        @Test
        void whileTheServerConfigures() throws Exception {
            server.beforeConfiguration = set -> meet();
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            goOn.countDown();
            assertCancelled(job);
        }

        @Test
        void whileTheServerDoesNotOpenItsDevices() throws Exception {
            server.beforeDevices = set -> meet();
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SET_CLOSED));
            goOn.countDown();
            assertCancelled(job);
        }

        @Test
        void inMidStream() throws Exception {
            stopAtTransfer(5);
            Job job = bench.start(bench.backup(3));
            Bench.await(reached);
            Bench.awaitState(job, JobState.STREAMING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            goOn.countDown();
            JobSnapshot end = assertCancelled(job);
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsOnly(JobSnapshot.DeviceState.ABORTED);
            assertNextRunSucceeds();
        }

        @Test
        void changesNothingTheSecondTime() throws Exception {
            stopAtTransfer(5);
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            assertThat(job.cancel("somebody else")).isEqualTo(CancelReply.ALREADY_CANCELLING);
            Bench.awaitState(job, JobState.CANCELLING);
            assertThat(job.cancel("somebody else")).isEqualTo(CancelReply.ALREADY_CANCELLING);
            goOn.countDown();
            assertCancelled(job);
            assertThat(job.cancel("somebody else")).isEqualTo(CancelReply.TOO_LATE);
        }

        @Test
        void isAcceptedFromOneOfTwoThreads() throws Exception {
            stopAtTransfer(5);
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            CyclicBarrier together = new CyclicBarrier(2);
            List<CancelReply> replies;
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<CancelReply> one = threads.submit(() -> cancel(job, together));
                Future<CancelReply> other = threads.submit(() -> cancel(job, together));
                replies = List.of(one.get(), other.get());
            }
            goOn.countDown();
            assertThat(replies)
                    .containsExactlyInAnyOrder(
                            CancelReply.ACCEPTED, CancelReply.ALREADY_CANCELLING);
            assertCancelled(job);
        }

        private CancelReply cancel(Job job, CyclicBarrier together) throws Exception {
            together.await();
            return job.cancel("the test");
        }

        @Test
        void isTooLateOnceTheServerWasToldThatTheBackupIsComplete() throws Exception {
            server.beforeVerdict = set -> meet();
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.TOO_LATE);
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.cancelTooLate()).isTrue();
        }

        @Test
        void isInTimeWhileADeviceHasDataToComeThoughAnotherIsComplete() throws Exception {
            server.completesOneByOne = true;
            server.beforeTransfer =
                    (device, number) -> {
                        if (device == 1 && number == 5) {
                            meet();
                        }
                    };
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.until(job, () -> server.completed.get() == 1);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            goOn.countDown();
            assertThat(assertCancelled(job).cancelTooLate()).isFalse();
        }

        @Test
        void tellsWhatHappenedWhenTheServerSucceedsThoughTheStopReachedItsDevices()
                throws Exception {
            server.offersComplete = false;
            server.takesNoNoticeOfALateAbort = true;
            server.beforeDevicesClose = this::meet;
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SET_CLOSED));
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.devices())
                    .extracting(JobSnapshot.Device::state)
                    .containsOnly(JobSnapshot.DeviceState.ABORTED);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.COMPLETED);
            assertThat(end.cancelTooLate()).isTrue();
            BackupSet set = BackupSet.open(Objects.requireNonNull(end.set()));
            assertThat(BackupSetVerifier.verify(set, VerifyListener.NONE).problems()).isEmpty();
            assertThat(set.manifest().rawSize()).isEqualTo(server.bytes.get());
        }

        @Test
        void takesNothingForABackupThatWasCutOffBeforeAFlushWhateverTheServerSays()
                throws Exception {
            server.flushes = false;
            server.offersComplete = false;
            server.takesNoNoticeOfALateAbort = true;
            server.beforeDevicesClose = this::meet;
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SET_CLOSED));
            goOn.countDown();
            assertCancelled(job);
        }

        @Test
        void tellsWhatHappenedWhenTheServerSucceedsAllTheSame() throws Exception {
            server.offersComplete = false;
            server.beforeVerdict = set -> meet();
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.awaitState(job, JobState.FINALISING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> server.attentions.get() > 0);
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.cancelTooLate()).isTrue();
            assertThat(BackupSet.open(Objects.requireNonNull(end.set()))).isNotNull();
        }

        @Test
        void whileFinalisingEndsWithAnAttentionThoughTheFirstWasLost() throws Exception {
            server.offersComplete = false;
            server.beforeVerdict =
                    set -> {
                        meet();
                        throw ScriptedServer.error(3204, "The backup was aborted.");
                    };
            server.onAttention =
                    () -> {
                        if (server.attentions.get() > 1) {
                            goOn.countDown();
                        }
                    };
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.awaitState(job, JobState.FINALISING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            assertCancelled(job);
        }

        @Test
        void waitsForAStuckWriteAndTellsWhichUntilItIsInterrupted() throws Exception {
            FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
            bench.destination = files.wrap(bench.destination);
            files.onWrite(
                    (file, channel) -> {
                        if (file.toString().contains("stripe-02")) {
                            reached.countDown();
                            channel.hang();
                        }
                    });
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.awaitState(job, JobState.STREAMING);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            Bench.until(
                    job,
                    () ->
                            job.snapshot().devices().getFirst().state()
                                    == JobSnapshot.DeviceState.ABORTED);

            JobSnapshot stuck = job.snapshot();
            assertThat(stuck.state()).isEqualTo(JobState.CANCELLING);
            assertThat(stuck.outstanding()).isPositive();
            JobSnapshot.Device device = stuck.devices().get(1);
            assertThat(device.state()).isEqualTo(JobSnapshot.DeviceState.IN_IO);
            assertThat(device.command()).isEqualTo("VDC_Write");
            assertThat(device.stripe().toString()).endsWith("stripe-02.bak.partial");
            assertThat(device.inHand()).isPositive();
            assertThat(device.inState()).isPositive();
            assertThat(stuck.buffers())
                    .filteredOn(BufferUse::isOurs)
                    .hasSize(device.inHand())
                    .containsOnly(BufferUse.WRITING);
            DrainStep returning = Bench.step(stuck, Phase.BUFFERS_RETURNED);
            assertThat(returning.status()).isEqualTo(DrainStep.Status.ACTIVE);
            assertThat(returning.detail()).contains("buffers returned", "device 2");
            assertThat(Bench.step(stuck, Phase.SET_CLOSED).status())
                    .isEqualTo(DrainStep.Status.PENDING);

            job.interruptIo(0);
            job.interruptIo(1);
            assertThat(assertCancelled(job).result())
                    .contains("Before it ended: device 2", "the I/O was interrupted");
        }

        @Test
        void showsWhichBuffersAreBackWhileAnotherIsWritten() throws Exception {
            CountDownLatch bothHang = new CountDownLatch(2);
            FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
            bench.destination = files.wrap(bench.destination);
            files.onWrite(
                    (file, channel) -> {
                        if (file.toString().contains("stripe-")) {
                            bothHang.countDown();
                            channel.hang();
                        }
                    });
            Job job = bench.start(bench.backup(2));
            Bench.await(bothHang);
            Bench.awaitState(job, JobState.STREAMING);
            assertThat(job.snapshot().buffers())
                    .contains(BufferUse.WRITING)
                    .doesNotContain(BufferUse.RETURNED);
            assertThat(job.snapshot().uses()).doesNotContain(BufferUse.RETURNED);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SIGNAL_ABORT_SENT));
            List<BufferUse> before = job.snapshot().buffers();
            job.interruptIo(0);
            Bench.until(
                    job,
                    () ->
                            job.snapshot().devices().getFirst().state()
                                    == JobSnapshot.DeviceState.ABORTED);

            JobSnapshot now = job.snapshot();
            assertThat(now.uses()).contains(BufferUse.RETURNED);
            assertThat(now.buffers()).contains(BufferUse.RETURNED, BufferUse.WRITING);
            assertThat(now.outstanding()).isEqualTo(now.devices().get(1).inHand());
            for (int id = 0; id < before.size(); id++) {
                assertThat(now.buffers().get(id) == BufferUse.RETURNED)
                        .as("only what was ours is given back")
                        .isEqualTo(before.get(id).isOurs() && !now.buffers().get(id).isOurs());
            }
            Bench.assertDrainAgrees(now);
            job.interruptIo(1);
            assertCancelled(job);
        }

        @Test
        void comesWithTheEndOfTheEngine() throws Exception {
            stopAtTransfer(5);
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Thread closing = Thread.ofPlatform().start(bench.engine::close);
            Bench.awaitState(job, JobState.CANCELLING);
            goOn.countDown();
            closing.join();
            assertThat(job.snapshot().state()).isEqualTo(JobState.CANCELLED);
            assertNothingIsLeft();
        }

        private void stopAtTransfer(int which) {
            server.beforeTransfer =
                    (device, number) -> {
                        if (number == which) {
                            meet();
                        }
                    };
        }
    }

    @Nested
    class Progress {

        @Test
        void tellsTheTruthInMidStream() throws Exception {
            CountDownLatch reached = new CountDownLatch(2);
            CountDownLatch goOn = new CountDownLatch(1);
            server.beforeTransfer =
                    (device, number) -> {
                        if (number == 4) {
                            reached.countDown();
                            Bench.await(goOn);
                        }
                    };
            Job job = bench.start(bench.backup(2));
            Bench.await(reached);
            Bench.awaitState(job, JobState.STREAMING);
            Bench.until(job, () -> waiting(job));

            JobSnapshot now = job.snapshot();
            assertThat(now.progress().bytesDone()).isEqualTo(8L * ScriptedServer.TRANSFER);
            assertThat(now.progress().bytesTotal()).isEqualTo(1 << 20);
            assertThat(now.outstanding()).isZero();
            // a native library's client sees its own end only
            boolean seesAll = !server.vdi.isNative();
            assertThat(now.buffers()).hasSizeGreaterThanOrEqualTo(seesAll ? 4 : 2);
            assertThat(now.uses().contains(BufferUse.QUEUED)).isEqualTo(seesAll);
            assertThat(now.devices())
                    .extracting(JobSnapshot.Device::bytes)
                    .containsOnly(4L * ScriptedServer.TRANSFER);
            assertThat(now.devices())
                    .extracting(JobSnapshot.Device::queued)
                    .containsOnly(seesAll ? 0 : DeviceSetObservation.UNKNOWN);
            assertThat(now.result()).isNull();
            assertThat(bench.lastRun().outcome()).isEqualTo(RunRecord.Outcome.RUNNING);
            goOn.countDown();
            assertThat(Bench.await(job).buffers()).isEmpty();
        }

        private boolean waiting(Job job) {
            return job.snapshot().devices().stream()
                    .allMatch(device -> device.state() == JobSnapshot.DeviceState.WAITING);
        }
    }

    /** The server has succeeded, and the set cannot be made. */
    @Nested
    class SuccessWithoutASet {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        private void failToWrite(String name) {
            FaultyFileSystem files = new FaultyFileSystem(FileSystems.getDefault());
            bench.destination = files.wrap(bench.destination);
            files.onWrite(
                    (file, channel) -> {
                        if (file.toString().contains(name)) {
                            throw new IOException("No space left on device");
                        }
                    });
        }

        private BackupRequest of(BackupType type, boolean copyOnly, TailLog tail) {
            return new BackupAsk("scripted", type, "Sales")
                    .copyOnly(copyOnly)
                    .checksum(false)
                    .tail(tail)
                    .devices(2)
                    .to(bench.destination);
        }

        /** Every byte the server gave away, under names that pass for no set. */
        private void assertKept(JobSnapshot end) throws Exception {
            Path folder = FaultyFileSystem.unwrap(Objects.requireNonNull(end.set()));
            assertThat(bench.files()).hasSize(2).allMatch(file -> file.endsWith(".bak.partial"));
            long kept = 0;
            for (String file : bench.files()) {
                kept += Files.size(FaultyFileSystem.unwrap(bench.destination).resolve(file));
            }
            assertThat(kept).isEqualTo(server.bytes.get());
            BackupCatalog found = BackupCatalog.find(folder);
            assertThat(found.sets()).isEmpty();
            // nobody holds it any more: it can be removed by hand
            found.remains().getFirst().remove();
            assertThat(folder).doesNotExist();
        }

        @Test
        void keepsTheDataOfALogBackup() throws Exception {
            failToWrite("manifest.json");
            JobSnapshot end = bench.run(of(BackupType.LOG, false, TailLog.NONE));

            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("No space left on device", String.valueOf(end.set()))
                    .contains("only copy of that part of the log", "keep the folder")
                    .doesNotContain("only read", "were removed");
            assertKept(end);
        }

        @Test
        void keepsTheDataOfALogBackupWhoseServerWasLostBeforeItSaidSo() throws Exception {
            server.beforeVerdict =
                    set -> {
                        throw new SqlServerException(
                                Told.asIs("the connection was lost"), new IOException("reset"));
                    };
            JobSnapshot end = bench.run(of(BackupType.LOG, false, TailLog.NONE));

            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("the connection was lost", "only copy of that part of the log");
            assertKept(end);
        }

        @Test
        void saysThatACopyOfTheLogIsNotTheOnlyOne() throws Exception {
            failToWrite("manifest.json");
            JobSnapshot end = bench.run(of(BackupType.LOG, true, TailLog.NONE));

            assertThat(end.result())
                    .contains("The server still has that part of the log")
                    .doesNotContain("only copy");
            assertKept(end);
        }

        @Test
        void tellsHowATailLeavesItsDatabase() throws Exception {
            server.beforeVerdict =
                    set ->
                            server.databases.set(
                                    0,
                                    ScriptedServer.database("Sales", DatabaseInfo.State.RESTORING));
            failToWrite("manifest.json");
            JobSnapshot end = bench.run(of(BackupType.LOG, false, TailLog.NORECOVERY));

            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("only copy of that part of the log", "\"Sales\" is RESTORING now")
                    .contains("RESTORE DATABASE [Sales] WITH RECOVERY");
            assertKept(end);
        }

        @Test
        void tellsHowATailThatSucceededLeavesItsDatabase() throws Exception {
            server.beforeVerdict =
                    set ->
                            server.databases.set(
                                    0,
                                    ScriptedServer.database("Sales", DatabaseInfo.State.RESTORING));
            JobSnapshot end = bench.run(of(BackupType.LOG, false, TailLog.NORECOVERY));

            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(end.result()).contains("is complete", "\"Sales\" is RESTORING now.");
        }

        @Test
        void tellsHowATailThatFailedLeavesItsDatabase() throws Exception {
            server.verdict = ScriptedServer.error(3013, "No.").messages();
            JobSnapshot end = bench.run(of(BackupType.LOG, false, TailLog.NORECOVERY));

            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result())
                    .contains("were removed", "\"Sales\" is ONLINE now.")
                    .doesNotContain("only read");
            assertNothingIsLeft();
        }

        @Test
        void keepsTheDataOfALogBackupThatWasCutOffByAStop() throws Exception {
            assertThat(stopAfterSuccess(BackupType.LOG).result())
                    .contains("was cancelled by the test", "only copy of that part of the log")
                    .contains("To do: The log chain is broken");
            assertThat(bench.files()).hasSize(2).allMatch(file -> file.endsWith(".bak.partial"));
        }

        @Test
        void saysWhatFollowsFromAFullBackupThatWasCutOffByAStop() throws Exception {
            assertThat(stopAfterSuccess(BackupType.FULL).result())
                    .contains("was cancelled by the test", "were removed")
                    .contains("To do: The server bases the next differential backup on this one");
            assertNothingIsLeft();
        }

        private JobSnapshot stopAfterSuccess(BackupType type) {
            server.flushes = false;
            server.offersComplete = false;
            server.takesNoNoticeOfALateAbort = true;
            server.beforeDevicesClose =
                    () -> {
                        reached.countDown();
                        Bench.await(goOn);
                    };
            Job job = bench.start(of(type, false, TailLog.NONE));
            Bench.await(reached);
            assertThat(job.cancel("the test")).isEqualTo(CancelReply.ACCEPTED);
            Bench.until(job, () -> Bench.isDone(job, Phase.SET_CLOSED));
            goOn.countDown();
            JobSnapshot end = Bench.await(job);
            assertThat(end.state()).as(end.result()).isEqualTo(JobState.CANCELLED);
            return end;
        }

        @Test
        void removesAFullBackup() throws Exception {
            failToWrite("manifest.json");
            JobSnapshot end = bench.run(of(BackupType.FULL, false, TailLog.NONE));

            assertThat(end.state()).isEqualTo(JobState.FAILED);
            assertThat(end.result()).contains("the database was only read");
            assertNothingIsLeft();
        }
    }

    @Nested
    class RemainsOfDeadRuns {

        @Test
        void ofALogBackupStayAndAreWarnedOf() throws Exception {
            Path dead =
                    Files.createDirectories(
                            bench.destination.resolve("scripted/Sales/20260101-000000-log-2"));
            Files.createFile(dead.resolve("stripe-01.bak.partial"));

            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(dead.resolve("stripe-01.bak.partial")).exists();
            assertThat(end.events())
                    .filteredOn(event -> event.level() == JobEvent.Level.WARNING)
                    .extracting(JobEvent::text)
                    .anyMatch(text -> text.contains(dead + " holds what is left of a log backup"));
        }

        @Test
        void areRemovedAndNamedInTheLog() throws Exception {
            Path dead =
                    Files.createDirectories(
                            bench.destination.resolve("scripted/Sales/20260101-000000-full"));
            Files.createFile(dead.resolve("stripe-01.bak.partial"));

            JobSnapshot end = bench.run(bench.backup(1));

            assertThat(end.state()).isEqualTo(JobState.COMPLETED);
            assertThat(dead).doesNotExist();
            assertThat(end.events())
                    .extracting(JobEvent::text)
                    .anyMatch(text -> text.contains(dead.toString()));
        }
    }
}
