package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.StatementResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run has made so far. The job's thread fills it in, in this order; any thread looks at it.
 */
final class RunParts {

    private volatile @Nullable DeviceSetHandle set;
    private volatile @Nullable String statementText;
    private volatile @Nullable StatementThread statement;
    private volatile @Nullable Streaming streaming;

    void set(DeviceSetHandle made) {
        set = made;
    }

    void statementText(String text) {
        statementText = text;
    }

    void statement(StatementThread made) {
        statement = made;
    }

    void streaming(Streaming made) {
        streaming = made;
    }

    /** Null before Create. */
    @Nullable DeviceSetHandle set() {
        return set;
    }

    /** Null before it is about to be sent. */
    @Nullable String statementText() {
        return statementText;
    }

    /** Null before it is sent. */
    @Nullable StatementThread statement() {
        return statement;
    }

    /** Null before the devices are open. */
    @Nullable Streaming streaming() {
        return streaming;
    }

    /**
     * What is done with each shared buffer, in a list of the caller's own.
     *
     * @param devices what their workers do
     */
    List<BufferUse> buffers(List<JobSnapshot.Device> devices) {
        DeviceSetHandle present = set;
        return present == null ? new ArrayList<>() : present.buffers(devices);
    }

    /** Commands in our hands. */
    int outstanding() {
        Streaming present = streaming;
        return present == null ? 0 : present.transfer().outstanding();
    }

    /** The verdict; null before the end of the statement. */
    @Nullable Verdict verdict() {
        StatementThread present = statement;
        return present == null ? null : present.verdict();
    }

    /** What the server said; only of a statement that succeeded. */
    StatementResult result() {
        if (verdict() instanceof Verdict.Succeeded succeeded) {
            return succeeded.result();
        }
        throw new IllegalStateException("the statement has not succeeded");
    }

    /** Whether the statement ended with an error of the server, which then has undone it. */
    boolean wasRefused() {
        Verdict ended = verdict();
        return ended instanceof Verdict.Failed
                && ended.messages().stream().anyMatch(SqlMessage::isError);
    }

    boolean hasSucceeded() {
        return verdict() instanceof Verdict.Succeeded;
    }
}
