package dev.sluice.job;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.words.Told;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A plan that finds out what the test says, when the test lets it. */
public final class PaperPlan implements Plan {

    private static final long PATIENCE = 30;

    private final JobSnapshot running;
    private final JobSnapshot end;
    private final FilePlan files;
    private final List<String> statements;
    private final CountDownLatch over;
    private volatile boolean cancelled;

    /**
     * @param running as it is before its end
     * @param end as it is then
     * @param held whether it goes on until it is let go, or cancelled
     */
    public PaperPlan(
            JobSnapshot running,
            JobSnapshot end,
            FilePlan files,
            List<String> statements,
            boolean held) {
        this.running = running;
        this.end = end;
        this.files = files;
        this.statements = statements;
        this.over = new CountDownLatch(held ? 1 : 0);
    }

    /** A data and a log file of a database, on a server where another database has one, too. */
    public static FilePlan twoFiles(String database, DatabaseFile... present) {
        return new FilePlan(
                List.of(
                        new FilePlan.SetFiles(
                                database,
                                List.of(
                                        new BackupFile(
                                                database,
                                                "D:\\data\\" + database + ".mdf",
                                                BackupFile.Type.D,
                                                "PRIMARY",
                                                3L << 30),
                                        new BackupFile(
                                                database + "_log",
                                                "L:\\log\\" + database + "_log.ldf",
                                                BackupFile.Type.L,
                                                null,
                                                1L << 29)))),
                new FilePlacement.Folders("E:\\MSSQL\\DATA", "F:\\MSSQL\\LOG"),
                List.of(present),
                true);
    }

    /** Lets it come to its end. */
    public void letGo() {
        over.countDown();
    }

    /** Whether somebody wanted it to stop. */
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public List<String> statements() {
        return end.state() == JobState.COMPLETED ? statements : List.of();
    }

    @Override
    public List<Told> notes() {
        return end.state() == JobState.COMPLETED
                ? List.of(Told.asIs("Nobody knows how much room there is on G:\\."))
                : List.of();
    }

    @Override
    public FilePlan files() {
        return files;
    }

    @Override
    public void start() {}

    @Override
    public CancelReply cancel(String who) {
        cancelled = true;
        over.countDown();
        return CancelReply.ACCEPTED;
    }

    @Override
    public void interruptIo(int device) {}

    @Override
    public JobSnapshot snapshot() {
        return over.getCount() == 0 ? end : running;
    }

    @Override
    public JobSnapshot await() throws InterruptedException {
        if (!over.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the test neither lets the plan go nor cancels it");
        }
        return end;
    }
}
