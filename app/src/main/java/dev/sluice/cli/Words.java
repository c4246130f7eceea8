package dev.sluice.cli;

import dev.sluice.doctor.Check;
import dev.sluice.job.BufferUse;
import dev.sluice.job.DrainStep;
import dev.sluice.job.JobKind;
import dev.sluice.job.JobSnapshot.DeviceState;
import dev.sluice.job.JobSnapshot.EstimateSource;
import dev.sluice.job.JobSnapshot.Progress;
import dev.sluice.job.JobState;

import java.time.Duration;

/** What the states of a job are called on the command line. */
final class Words {

    private Words() {}

    static String of(JobKind kind) {
        return switch (kind) {
            case BACKUP -> "backup";
            case RESTORE -> "restore";
            case INSPECTION -> "inspection";
            case VERIFICATION -> "verification";
            case CHECK -> "check";
        };
    }

    /** A job's name; until its set is open, a restore may not know its database. */
    static String job(JobKind kind, String database) {
        String what =
                switch (kind) {
                    case BACKUP -> "Backup";
                    case RESTORE -> "Restore";
                    case INSPECTION -> "Inspection";
                    case VERIFICATION -> "Verification";
                    case CHECK -> "Check";
                };
        return database.isEmpty() ? what : what + " of " + database;
    }

    static String of(JobState state) {
        return switch (state) {
            case PREPARING -> "Preparing";
            case CONNECTING -> "Connecting";
            case STREAMING -> "Streaming";
            case FINALISING -> "Finalising";
            case CANCELLING -> "Cancelling";
            case COMPLETED -> "Completed";
            case CANCELLED -> "Cancelled";
            case FAILED -> "Failed";
        };
    }

    static String of(DeviceState state) {
        return switch (state) {
            case OPEN -> "open";
            case WAITING -> "waiting";
            case CHECKING -> "digest";
            case IN_IO -> "in I/O";
            case THROTTLED -> "throttled";
            case CLOSED -> "closed";
            case ABORTED -> "aborted";
            case FAILED -> "failed";
        };
    }

    static String of(BufferUse use) {
        return switch (use) {
            case FREE -> "free";
            case SERVER -> "server";
            case QUEUED -> "queued";
            case RETURNED -> "returned";
            case HELD -> "held";
            case READING -> "reading";
            case CHECKING -> "digest";
            case WRITING -> "writing";
        };
    }

    static String of(Check.State state) {
        return switch (state) {
            case OK -> "ok";
            case WARNING -> "warning";
            case FAILED -> "failed";
            case NOT_APPLICABLE -> "n/a";
        };
    }

    static String of(EstimateSource source) {
        return switch (source) {
            case NONE -> "nothing yet";
            case LAST_RUN -> "the last run";
            case DATABASE_SIZE -> "the database's size";
            case ALLOCATED_PAGES -> "the pages in use";
            case CHANGED_PAGES -> "the changed pages";
            case BACKUP_SET -> "the backup set";
            case SERVER_PERCENT -> "the server's percent";
            case SERVER_REQUEST -> "the server's request";
        };
    }

    static String of(DrainStep step, JobKind kind) {
        return switch (step.phase()) {
            case STOP_REQUESTED -> step.isFailure() ? "failure noticed" : "stop requested";
            case SIGNAL_ABORT_SENT -> "SignalAbort sent";
            case BUFFERS_RETURNED -> "buffers returned";
            case DEVICES_CLOSED -> "devices closed";
            case SET_CLOSED -> "device set closed";
            case STATEMENT_ENDED -> "server statement ended";
            case PARTIAL_FILES_REMOVED ->
                    kind == JobKind.BACKUP ? "partial files removed" : "target checked";
        };
    }

    /** How far, how fast, how long still, and from what that is known. */
    static String of(Progress progress) {
        return amount(progress) + ", " + pace(progress);
    }

    /** How far. */
    static String amount(Progress progress) {
        String done = Text.bytes(progress.bytesDone());
        return progress.bytesTotal() <= 0
                ? done
                : done + " of " + Text.bytes(progress.bytesTotal());
    }

    /** How fast, how long still, and from what that is known. */
    static String pace(Progress progress) {
        String rate = Text.rate(progress.bytesPerSecond());
        Duration remaining = progress.remaining();
        String left = remaining == null ? "" : ", about " + Text.roughly(remaining) + " left";
        return progress.bytesTotal() <= 0
                ? rate
                : rate + left + " (from " + of(progress.source()) + ")";
    }
}
