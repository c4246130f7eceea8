package dev.sluice.job;

import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.transfer.CompletionGate;
import dev.sluice.transfer.DeviceTransfer;
import dev.sluice.vdi.ClientDevice;
import dev.sluice.vdi.protocol.DeviceSetConfiguration;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What differs between a backup, a restore, and a look at a backup. The job's thread calls the
 * methods in the order given here; those marked so are called from any thread.
 */
interface JobWork {

    /**
     * What a run that succeeded can tell about itself.
     *
     * @param statement the T-SQL
     * @param configuration of the device set
     * @param result what the server said
     * @param trigger who or what started the run
     * @param started when it started
     * @param finished when the verdict was known
     */
    record Achievement(
            String statement,
            DeviceSetConfiguration configuration,
            StatementResult result,
            String trigger,
            Instant started,
            Instant finished) {}

    /** What it does; from any thread. */
    JobKind kind();

    /** As what the history keeps a run of this outcome; null where it keeps none. */
    default @Nullable JobKind recordedAs(RunRecord.Outcome outcome) {
        return kind();
    }

    /** What it does, such as the backup of "Sales" to /backups; from any thread. */
    Told title();

    /** The database backed up or restored to; empty while unknown; from any thread. */
    String database();

    /** What was asked for; null for a look that no command asks for alone; from any thread. */
    default @Nullable JobRequest request() {
        return null;
    }

    /**
     * Whether a set is damaged that the server refuses for what it holds: not where a newer server
     * may have written it; from the job's thread, once prepared.
     */
    default boolean isForServerToJudge() {
        return true;
    }

    /** The type of the backup set as the history keeps it; null while unknown; from any thread. */
    @Nullable String type();

    /** The backup set's folder; null while there is none; from any thread. */
    @Nullable Path set();

    /** The stripe of a device; from any thread, once prepared. */
    Path stripe(int device);

    /** The expected bytes; from any thread. */
    Estimate estimate();

    /**
     * Checks everything that can be checked before anything is touched, then makes what the run
     * needs.
     *
     * @param session to ask the server with
     * @param facts what it told about itself
     * @throws JobException when the request is refused
     */
    void prepare(SqlSession session, ServerFacts facts, JobLog log)
            throws IOException, JobException, SqlServerException;

    /** How many devices the set needs. */
    int devices();

    /** The features to ask for. */
    int features();

    /** The direction bit the server must set. */
    int direction();

    /** What is run before the statement, on its thread; when one of these fails, it is not run. */
    default List<String> preceding() {
        return List.of();
    }

    /**
     * Number of the message by which the server tells that the statement succeeded; 0 where it
     * tells so by the absence of errors.
     */
    default int doneMessage() {
        return SqlMessage.SUCCEEDED;
    }

    /** The statement for these devices. */
    String statement(List<String> devices);

    /** The workers, not started. */
    DeviceTransfer transfer(List<ClientDevice> opened, CompletionGate gate, LongSupplier nanoTime);

    /** Whether a statement that succeeded leaves a usable result, judged by its workers. */
    boolean isUsable(Streaming streaming, CompletionGate gate);

    /**
     * Makes the result final.
     *
     * @return what was reached, in a sentence
     * @throws JobException when the statement succeeded and the result is none all the same
     */
    Told commit(Achievement achievement) throws IOException, JobException;

    /**
     * Takes back whatever is not final, when the run does not succeed; safe when nothing was made.
     *
     * @return what is left as it was, in a sentence
     */
    Told discard() throws IOException;

    /**
     * The same where the statement succeeded, and yet the result is none: what the server gave away
     * with it must not be lost.
     *
     * @return what is left, in a sentence or a few
     */
    default Told setAside() throws IOException {
        return discard();
    }

    /** What has to be done then, because the server counts on the result; often nothing. */
    default List<Told> onLostSet() {
        return List.of();
    }
}
