package dev.sluice.job;

import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the one long statement of a job, and what precedes it, on a thread of its own and keeps its
 * verdict.
 */
final class StatementThread {

    /** The first number up to 100; where it stands in the sentence, differs by language. */
    private static final Pattern PERCENT = Pattern.compile("(?<!\\d)(100|\\d{1,2})(?!\\d)");

    private final SqlSession session;
    private final JobWork work;
    private final String statement;
    private final JobLog log;
    private final JobSignals signals;
    private final IntConsumer onPercent;
    private final Thread thread;
    private final List<SqlMessage> heard = new ArrayList<>();
    private volatile @Nullable Verdict verdict;
    private volatile boolean precedes = true;
    private volatile boolean stopped;

    StatementThread(
            String name,
            SqlSession session,
            JobWork work,
            String statement,
            JobLog log,
            JobSignals signals,
            IntConsumer onPercent) {
        this.session = session;
        this.onPercent = onPercent;
        this.work = work;
        this.statement = statement;
        this.log = log;
        this.signals = signals;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The verdict; null while the statement runs. */
    @Nullable Verdict verdict() {
        return verdict;
    }

    /** Whether the statement ended and succeeded. */
    boolean hasSucceeded() {
        return verdict instanceof Verdict.Succeeded;
    }

    /** Whether the statement itself has not been sent yet. */
    boolean precedes() {
        return precedes;
    }

    /** Nothing is sent any more; what the server works on goes on. */
    void sendNoMore() {
        stopped = true;
    }

    /** Sends an attention. */
    void cancel() {
        session.cancel();
    }

    private void run() {
        try {
            for (String before : work.preceding()) {
                requireGoingOn();
                session.execute(before, this::hear);
            }
            requireGoingOn();
            precedes = false;
            verdict = judge(session.execute(statement, this::hear));
        } catch (JobException e) {
            verdict = new Verdict.Failed(e, List.copyOf(heard));
        } catch (SqlServerException e) {
            verdict =
                    new Verdict.Failed(
                            e, e.messages().isEmpty() ? List.copyOf(heard) : e.messages());
        } catch (RuntimeException | Error e) {
            log.error(Told.of("log.threadEnded", e.toString()));
            verdict = new Verdict.Failed(e, List.copyOf(heard));
        } finally {
            signals.raise(JobSignals.Signal.STATEMENT_ENDED);
        }
    }

    private void requireGoingOn() throws JobException {
        if (stopped) {
            throw new JobException(Told.of("why.stoppedBefore"));
        }
    }

    private Verdict judge(StatementResult result) {
        int done = work.doneMessage();
        boolean said =
                done == 0
                        || result.messages().stream().anyMatch(message -> message.number() == done);
        if (said) {
            return new Verdict.Succeeded(result);
        }
        return new Verdict.Failed(
                new JobException(Told.of("why.notSaidDone", String.valueOf(done))),
                result.messages());
    }

    private void hear(SqlMessage message) {
        heard.add(message);
        if (message.number() != SqlMessage.PERCENT_PROCESSED) {
            log.server(message);
            return;
        }
        percentIn(message.text()).ifPresent(onPercent);
    }

    /** What message 3211 tells, in any language; empty when there is no percentage in it. */
    static OptionalInt percentIn(String text) {
        Matcher matcher = PERCENT.matcher(text);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }
}
