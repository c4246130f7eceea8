package dev.sluice.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads every byte of a set again, compares it with the manifest, and walks the structure of the
 * streams. Stripes are read side by side on threads of its own; the calling thread waits.
 */
public final class BackupSetVerifier {

    /** More readers than this only make a disk seek. */
    private static final int MAX_THREADS = 4;

    private final BackupSet set;
    private final VerifyListener listener;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private BackupSetVerifier(BackupSet set, VerifyListener listener) {
        this.set = set;
        this.listener = listener;
        this.total = set.manifest().storedSize();
    }

    /**
     * Verifies a set. Damage is a result, not an exception.
     *
     * @throws InterruptedException when the calling thread is interrupted; the readers are stopped
     */
    public static VerifyReport verify(BackupSet set, VerifyListener listener)
            throws InterruptedException {
        return new BackupSetVerifier(set, listener).run();
    }

    private VerifyReport run() throws InterruptedException {
        List<Callable<List<VerifyReport.Problem>>> readers = new ArrayList<>();
        for (int i = 0; i < set.manifest().stripes().size(); i++) {
            StripeCheck check = new StripeCheck(set, i);
            readers.add(() -> check.run(this::verified));
        }
        List<VerifyReport.Problem> problems = new ArrayList<>(runAll(readers));
        problems.sort(
                Comparator.comparing(
                                (VerifyReport.Problem problem) -> String.valueOf(problem.stripe()))
                        .thenComparingLong(VerifyReport.Problem::offset));
        return new VerifyReport(done.get(), problems, stopped.get());
    }

    private List<VerifyReport.Problem> runAll(List<Callable<List<VerifyReport.Problem>>> readers)
            throws InterruptedException {
        int threads =
                Math.min(
                        readers.size(),
                        Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        List<VerifyReport.Problem> problems = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("sluice-verify-", 1).factory())) {
            for (Future<List<VerifyReport.Problem>> reader : pool.invokeAll(readers)) {
                problems.addAll(result(reader));
            }
        }
        return problems;
    }

    private static List<VerifyReport.Problem> result(Future<List<VerifyReport.Problem>> reader)
            throws InterruptedException {
        try {
            return reader.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verification failed by itself", e.getCause());
        }
    }

    private boolean verified(long bytes) {
        if (!listener.verified(done.addAndGet(bytes), total)) {
            stopped.set(true);
        }
        return !stopped.get();
    }
}
