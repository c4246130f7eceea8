package dev.sluice.job;

import dev.sluice.vdi.DeviceSetObservation;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A job as it is at one moment. Immutable.
 *
 * @param id unique among jobs; also the name of its row in history
 * @param kind backup or restore
 * @param server name of the server
 * @param database the database that is backed up or restored to
 * @param state its state
 * @param started when it started
 * @param elapsed since then, until its end
 * @param progress bytes, rate, estimate
 * @param devices one entry per device; empty before the devices are open
 * @param buffers what is done with each shared buffer, by id; empty before the set is configured
 *     and after its end
 * @param drain the steps of the drain, after a request to stop or a failure; empty otherwise
 * @param events the log so far, oldest first
 * @param statement the T-SQL that was sent; null before
 * @param set folder of the backup set; for a cancelled or failed backup it no longer exists
 * @param told what happened, in a sentence or a few lines, once ended; null before
 * @param cancelTooLate a stop was requested, yet the server's work was done already
 * @param sequence which of the job's runs this is about
 */
public record JobSnapshot(
        String id,
        JobKind kind,
        String server,
        String database,
        JobState state,
        Instant started,
        Duration elapsed,
        Progress progress,
        List<Device> devices,
        List<BufferUse> buffers,
        List<DrainStep> drain,
        List<JobEvent> events,
        @Nullable String statement,
        @Nullable Path set,
        @Nullable Told told,
        boolean cancelTooLate,
        Sequence sequence) {

    /**
     * Where a job is that consists of several runs, one after another.
     *
     * @param leg the run that the rest of the snapshot is about, from 1
     * @param legs how many there are
     * @param ended those that have ended, in order
     */
    public record Sequence(int leg, int legs, List<EndedLeg> ended) {

        /** A job of one run. */
        public static final Sequence ALONE = new Sequence(1, 1, List.of());
    }

    /**
     * A run of a sequence that has ended.
     *
     * @param id its own id; the name of its row in history, if it has one
     * @param kind what it did
     * @param database the database that was backed up or restored to
     * @param state how it ended
     * @param told what happened, in a sentence or a few lines
     */
    public record EndedLeg(
            String id, JobKind kind, String database, JobState state, @Nullable Told told) {

        /** What happened, in English. */
        public @Nullable String result() {
            return told == null ? null : told.english();
        }
    }

    /** What happened, in English, once ended; null before. */
    public @Nullable String result() {
        return told == null ? null : told.english();
    }

    /** Buffers in our hands. */
    public int outstanding() {
        int outstanding = 0;
        for (BufferUse use : buffers) {
            outstanding += use.isOurs() ? 1 : 0;
        }
        return outstanding;
    }

    /**
     * What can be told of this job's buffers at all, the same from one look to the next. A library
     * that does not tell what waits in its queues does not tell either what the server does with a
     * buffer: all but ours are the server's.
     */
    public Set<BufferUse> uses() {
        Set<BufferUse> uses =
                EnumSet.of(
                        BufferUse.SERVER,
                        BufferUse.HELD,
                        BufferUse.CHECKING,
                        kind == JobKind.BACKUP ? BufferUse.WRITING : BufferUse.READING);
        if (devices.stream().noneMatch(device -> device.queued() == DeviceSetObservation.UNKNOWN)) {
            uses.add(BufferUse.FREE);
            uses.add(BufferUse.QUEUED);
        }
        if (!drain.isEmpty()) {
            uses.add(BufferUse.RETURNED);
        }
        return uses;
    }

    /** From what the total was estimated. */
    public enum EstimateSource {
        /** There is no estimate yet. */
        NONE,
        /** The size of the last run of the same kind and type. */
        LAST_RUN,
        /** The size of the database's files. */
        DATABASE_SIZE,
        /** What is in use of the database's files. */
        ALLOCATED_PAGES,
        /** What changed in the database since its last full backup. */
        CHANGED_PAGES,
        /** The sizes in the backup set's manifest: exact. */
        BACKUP_SET,
        /** The server's percent messages. */
        SERVER_PERCENT,
        /** What the server tells of the running statement, when another session asks. */
        SERVER_REQUEST
    }

    /**
     * How far the job is.
     *
     * @param bytesDone bytes moved
     * @param bytesTotal bytes expected; -1 when unknown
     * @param source from what the total comes
     * @param serverPercent the last percent message, 0 to 100; -1 before the first
     * @param bytesPerSecond the rate of the last seconds
     * @param averageBytesPerSecond since streaming began
     * @param remaining the estimate of the time left; null when unknown
     */
    public record Progress(
            long bytesDone,
            long bytesTotal,
            EstimateSource source,
            int serverPercent,
            double bytesPerSecond,
            double averageBytesPerSecond,
            @Nullable Duration remaining) {

        /** Nothing known yet. */
        public static final Progress NONE =
                new Progress(0, -1, EstimateSource.NONE, -1, 0, 0, null);

        /** Done over total, 0 to 1; -1 when unknown. */
        public double fraction() {
            return bytesTotal <= 0 ? -1 : Math.min(1.0, (double) bytesDone / bytesTotal);
        }
    }

    /** What a device worker does at the moment. */
    public enum DeviceState {
        /** Opened, no command yet. */
        OPEN,
        /** Waits for the server's next command. */
        WAITING,
        /** Computes digests. */
        CHECKING,
        /** Reads from or writes to the stripe. */
        IN_IO,
        /** Held back by the rate limit. */
        THROTTLED,
        /** Saw the normal end of the stream. */
        CLOSED,
        /** Saw the abort. */
        ABORTED,
        /** Ended by an error of its own. */
        FAILED
    }

    /**
     * One device.
     *
     * @param index from 0
     * @param name as in the statement
     * @param stripe file of the stripe
     * @param state what its worker does
     * @param command the current command by its name in the specification, such as {@code
     *     VDC_Write}; empty for none
     * @param bytes moved so far
     * @param bytesPerSecond rate of the last seconds
     * @param inHand commands fetched and not completed
     * @param queued commands that wait in the set's queue; {@link DeviceSetObservation#UNKNOWN}
     *     where the library does not tell
     * @param inState since when, as a span, the worker is in this state
     * @param times what it has spent its time on
     */
    public record Device(
            int index,
            String name,
            Path stripe,
            DeviceState state,
            String command,
            long bytes,
            double bytesPerSecond,
            int inHand,
            int queued,
            Duration inState,
            Times times) {}

    /**
     * What a device worker has spent its time on so far.
     *
     * @param server waiting for the server's commands
     * @param digests computing them
     * @param io reading or writing
     * @param limit held back by the rate limit
     */
    public record Times(Duration server, Duration digests, Duration io, Duration limit) {

        /** Nothing done yet. */
        public static final Times NONE =
                new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** The same run as part of a sequence. */
    JobSnapshot inSequence(
            Sequence where,
            JobKind kindOfAll,
            String databaseOfAll,
            JobState stateOfAll,
            Instant startOfAll,
            Duration elapsedOfAll,
            Progress progressOfAll,
            List<JobEvent> eventsOfAll,
            @Nullable Told toldOfAll,
            boolean tooLateForAll) {
        return new JobSnapshot(
                id,
                kindOfAll,
                server,
                databaseOfAll,
                stateOfAll,
                startOfAll,
                elapsedOfAll,
                progressOfAll,
                devices,
                buffers,
                drain,
                eventsOfAll,
                statement,
                set,
                toldOfAll,
                tooLateForAll,
                where);
    }
}
