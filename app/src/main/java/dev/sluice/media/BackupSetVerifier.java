package dev.sluice.media;

import dev.sluice.transfer.DamagedDataException;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * Reads every byte of a set again and compares it with the manifest. Stripes are read side by side
 * on threads of its own; the calling thread waits.
 */
public final class BackupSetVerifier {

    private static final int BUFFER_SIZE = 1 << 20;

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
        for (Manifest.Stripe stripe : set.manifest().stripes()) {
            readers.add(() -> verify(stripe));
        }
        List<VerifyReport.Problem> problems = new ArrayList<>(runAll(readers));
        problems.sort(
                Comparator.comparing((VerifyReport.Problem p) -> String.valueOf(p.stripe()))
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

    private List<VerifyReport.Problem> verify(Manifest.Stripe stripe) {
        try (StripeReader reader = StripeReader.open(set.directory(), stripe)) {
            readAll(reader);
            return List.of();
        } catch (DamagedDataException e) {
            return List.of(new VerifyReport.Problem(stripe.name(), e.offset(), String.valueOf(e)));
        } catch (IOException e) {
            return List.of(new VerifyReport.Problem(stripe.name(), -1, String.valueOf(e)));
        }
    }

    private void readAll(StripeReader reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
        int length;
        do {
            length = reader.read(buffer.clear());
            if (!listener.verified(done.addAndGet(length), total)) {
                stopped.set(true);
            }
        } while (length > 0 && !stopped.get());
    }
}
