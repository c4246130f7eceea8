package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.Job.CancelReply;
import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Stops backups and restores of a real database at 200 moments, and at 50 more through each native
 * library, where vdi-native's own tests abort a thousand times. Whatever the moment, the run ends
 * as cancelled, gives every buffer back before Close, leaves nothing, and harms nothing.
 */
@Tag("acceptance")
class CancelAtRandomMomentsTest {

    private static final long SEED = 20261120;
    private static final long SIZE = 1 << 20;

    /** Slow enough that a moment can be met, fast enough for 200 of them. */
    private static final long RATE = 24 << 20;

    /** Every so often the next run must succeed and every row is compared. */
    private static final int CHECK_EVERY = 20;

    private final Random random = new Random(SEED);
    private int inMidStream;

    @ParameterizedTest
    @CsvSource({"EMBEDDED, 200", "COM, 50", "POSIX, 50"})
    @Timeout(300)
    void alwaysEndsAsCancelledAndHarmsNothing(Provider provider, int moments, @TempDir Path home)
            throws Exception {
        EmbeddedBench bench = new EmbeddedBench(provider, home);
        try (bench) {
            bench.createSample(SIZE);
            Path set = bench.complete(bench.backup(BackupType.FULL, 3, 0));
            bench.complete(EmbeddedBench.restore(set, "Original", false, 0));
            bench.complete(EmbeddedBench.restore(set, "Replaced", false, 0));
            List<Path> files = bench.files();
            int cancelled = 0;
            for (int attempt = 0; cancelled < moments; attempt++) {
                assertThat(attempt).as("moments met: %d", cancelled).isLessThan(2 * moments);
                Moment moment = moment(bench, set);
                if (cancelAt(bench, moment)) {
                    cancelled++;
                    assertThat(bench.files()).as("%s", moment).isEqualTo(files);
                    assertThat(bench.database("New")).as("%s", moment).isNull();
                    assertThat(bench.vdi.violations).as("%s", moment).isEmpty();
                }
                if (attempt % CHECK_EVERY == 0) {
                    assertAllIsWell(bench);
                }
            }
            assertAllIsWell(bench);
            // most moments must have been in mid-stream, or this proves little
            assertThat(inMidStream).isGreaterThan(moments / 2);
            assertThat(bench.vdi.closes).hasValueGreaterThan(moments / 2);
        }
        bench.vdi.assertNothingIsLeft();
    }

    /** What to run, and how far to let it come; a threshold of -1 is before its start. */
    private record Moment(JobRequest request, long bytes, int events) {}

    private Moment moment(EmbeddedBench bench, Path set) throws Exception {
        int devices = 1 + random.nextInt(8);
        JobRequest request =
                switch (random.nextInt(4)) {
                    case 0 -> EmbeddedBench.restore(set, "New", false, RATE);
                    case 1 -> EmbeddedBench.restore(set, "Replaced", true, RATE);
                    default -> bench.backup(BackupType.FULL, devices, RATE);
                };
        long total = BackupSet.open(set).manifest().rawSize();
        // a fifth of the moments lies before the first byte, from before the start to the statement
        return random.nextInt(5) == 0
                ? new Moment(request, 0, random.nextInt(5))
                : new Moment(request, (long) (total * 0.9 * random.nextDouble()), 0);
    }

    /** Returns false when the moment was missed: the run had passed its point of no return. */
    private boolean cancelAt(EmbeddedBench bench, Moment moment) throws Exception {
        Job job = bench.make(moment.request());
        if (moment.events() > 0 || moment.bytes() > 0) {
            job.start();
            Bench.until(job, () -> isReached(job.snapshot(), moment));
            return assertCancelled(bench, job, moment);
        }
        CancelReply reply = job.cancel("the test");
        assertThat(reply).isEqualTo(CancelReply.ACCEPTED);
        job.start();
        assertThat(Bench.await(job).state()).isEqualTo(JobState.CANCELLED);
        return true;
    }

    private static boolean isReached(JobSnapshot now, Moment moment) {
        return now.state().isTerminal()
                || (now.progress().bytesDone() >= moment.bytes()
                        && now.events().size() >= moment.events());
    }

    private boolean assertCancelled(EmbeddedBench bench, Job job, Moment moment) throws Exception {
        CancelReply reply = job.cancel("the test");
        Bench.until(job, () -> isOverAndAgrees(job.snapshot()));
        JobSnapshot end = job.snapshot();
        if (reply == CancelReply.TOO_LATE || end.cancelTooLate()) {
            assertThat(end.state()).as("%s: %s", moment, end).isEqualTo(JobState.COMPLETED);
            undo(bench, end);
            return false;
        }
        assertThat(end.state()).as("%s: %s", moment, end).isEqualTo(JobState.CANCELLED);
        if (end.progress().bytesDone() > 0) {
            inMidStream++;
        }
        assertThat(end.outstanding()).isZero();
        List<JobSnapshot.EndedLeg> ended = end.sequence().ended();
        boolean betweenTwoLegs =
                !ended.isEmpty()
                        && ended.stream().allMatch(leg -> leg.state() == JobState.COMPLETED);
        assertThat(end.drain())
                .extracting(DrainStep::status)
                .allMatch(status -> status == DrainStep.Status.DONE);
        if (betweenTwoLegs) {
            // nothing had to drain, or a leg came through while it was asked to stop
            assertThat(ended).hasSizeLessThan(end.sequence().legs());
        } else {
            assertThat(end.drain()).isNotEmpty();
        }
        return true;
    }

    private static boolean isOverAndAgrees(JobSnapshot now) {
        Bench.assertDrainAgrees(now);
        return now.state().isTerminal();
    }

    /** A run that came through has made what later moments must not find. */
    private static void undo(EmbeddedBench bench, JobSnapshot end) throws Exception {
        if (end.kind() == JobKind.BACKUP) {
            bench.delete(Objects.requireNonNull(end.set()));
        } else if (end.database().equals("New")) {
            bench.drop("New");
        }
    }

    private static void assertAllIsWell(EmbeddedBench bench) throws Exception {
        bench.assertEqual(EmbeddedBench.SAMPLE, "Original");
        bench.assertEqual("Replaced", "Original");
        Path next = bench.complete(bench.backup(BackupType.FULL, 2, 0));
        bench.complete(EmbeddedBench.restore(next, "Next", false, 0));
        bench.assertEqual("Next", "Original");
        bench.drop("Next");
        bench.delete(next);
    }
}
