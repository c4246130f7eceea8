package dev.sluice.job;

import dev.sluice.job.DrainStep.Phase;
import dev.sluice.job.JobSignals.Signal;
import dev.sluice.sql.SqlMessage;
import dev.sluice.vdi.VdiException;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Ends a run that does not end by itself, in the order of ABORT-44: SignalAbort, the workers finish
 * what they hold, Close, the statement ends. Runs on the job's thread. It waits as long as it
 * takes: Close with a buffer in our hands is never an option.
 */
final class Drainer {

    /** How long a statement may take to end after Close before it gets an attention. */
    private static final Duration STATEMENT_GRACE = Duration.ofSeconds(5);

    /** After what time it gets another: one that comes before the statement itself is lost. */
    private static final Duration ATTENTION_AGAIN = Duration.ofSeconds(1);

    private final RunParts parts;
    private final Drain drain;
    private final JobSignals signals;
    private final JobLog log;

    Drainer(RunParts parts, Drain drain, JobSignals signals, JobLog log) {
        this.parts = parts;
        this.drain = drain;
        this.signals = signals;
        this.log = log;
    }

    /** Whether there is anything to drain: an open device set, or a statement that goes on. */
    boolean isNeeded() {
        DeviceSetHandle set = parts.set();
        boolean goesOn = parts.statement() != null && !signals.isRaised(Signal.STATEMENT_ENDED);
        return set != null && (set.isOpen() || goesOn);
    }

    /** Drains everything there is; returns when nothing of the run is left but its files. */
    void run(Told why) {
        drain.done(Phase.STOP_REQUESTED, why);
        StatementThread statement = parts.statement();
        if (statement != null) {
            statement.sendNoMore();
        }
        boolean abortWasSent = signalAbort();
        awaitWorkers(abortWasSent);
        closeSet();
        awaitStatement(abortWasSent);
    }

    private boolean signalAbort() {
        DeviceSetHandle set = parts.set();
        if (set == null || !set.isOpen()) {
            drain.done(Phase.SIGNAL_ABORT_SENT, Told.of("drain.noSet"));
            return false;
        }
        drain.begin(Phase.SIGNAL_ABORT_SENT);
        try {
            set.signalAbort();
            drain.done(Phase.SIGNAL_ABORT_SENT, Told.NOTHING);
            log.info(Told.of("log.aborted"));
            return true;
        } catch (VdiException e) {
            drain.done(Phase.SIGNAL_ABORT_SENT, Told.of(e));
            log.warning(Told.of(e));
            return false;
        }
    }

    private void awaitWorkers(boolean abortWasSent) {
        Streaming streaming = parts.streaming();
        if (streaming == null) {
            drain.done(Phase.BUFFERS_RETURNED, Told.of("drain.noBuffer"));
            drain.done(Phase.DEVICES_CLOSED, Told.of("drain.noDevice"));
            return;
        }
        streaming.transfer().liftLimit();
        drain.beginReturning(() -> parts.buffers(List.of()), parts.outstanding());
        drain.begin(Phase.DEVICES_CLOSED);
        if (abortWasSent) {
            signals.await(Signal.WORKERS_ENDED);
        } else {
            // the server ends the devices with its statement
            sendAttentionsUntil(Signal.WORKERS_ENDED);
        }
        drain.allReturned();
        drain.done(Phase.DEVICES_CLOSED, Told.of("drain.workersLeft"));
    }

    /** Close, at the normal end as well as in a drain. */
    void closeSet() {
        DeviceSetHandle set = parts.set();
        if (set == null || !set.isOpen()) {
            tickOff(Phase.SET_CLOSED, Told.of("drain.noSet"));
            return;
        }
        int outstanding = parts.outstanding();
        if (outstanding != 0) {
            throw new IllegalStateException(
                    "Close with %d buffers in our hands".formatted(outstanding));
        }
        beginStep(Phase.SET_CLOSED);
        try {
            set.close();
            tickOff(Phase.SET_CLOSED, Told.NOTHING);
            log.info(Told.of("log.closed"));
        } catch (VdiException e) {
            tickOff(Phase.SET_CLOSED, Told.of(e));
            log.warning(Told.of(e));
        }
    }

    private void awaitStatement(boolean abortWasSent) {
        StatementThread statement = parts.statement();
        if (statement == null) {
            drain.done(Phase.STATEMENT_ENDED, Told.of("drain.noStatement"));
            return;
        }
        drain.begin(Phase.STATEMENT_ENDED);
        // what precedes the statement has no device to fail on
        if (!abortWasSent
                || statement.precedes()
                || !signals.await(STATEMENT_GRACE, Signal.STATEMENT_ENDED)) {
            sendAttentionsUntil(Signal.STATEMENT_ENDED);
        }
        drain.done(Phase.STATEMENT_ENDED, lastWord(statement.verdict()));
    }

    private void sendAttentionsUntil(Signal end) {
        StatementThread statement = parts.statement();
        if (statement == null || signals.isRaised(end)) {
            return;
        }
        log.info(Told.of("log.attention"));
        do {
            statement.cancel();
        } while (!signals.await(ATTENTION_AGAIN, end));
    }

    /** The server's last error, or its last message. */
    private static Told lastWord(@Nullable Verdict verdict) {
        List<SqlMessage> messages = verdict == null ? List.of() : verdict.messages();
        return messages.stream()
                .filter(SqlMessage::isError)
                .reduce((first, second) -> second)
                .or(() -> messages.stream().reduce((first, second) -> second))
                .map(SqlMessage::toString)
                .map(Told::asIs)
                .orElse(Told.NOTHING);
    }

    private void beginStep(Phase phase) {
        if (drain.hasBegun()) {
            drain.begin(phase);
        }
    }

    /** Ticks a step off when this is a drain. */
    void tickOff(Phase phase, Told told) {
        if (drain.hasBegun()) {
            drain.done(phase, told);
        }
    }
}
