package dev.sluice.transfer;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A sink in memory that can be told to block, to fail, and to remember how it was called. */
final class TestSink implements StripeSink {

    /** How many buffers each write took. */
    final List<Integer> batches = new ArrayList<>();

    /** Counted down when the first write has begun. */
    final CountDownLatch inWrite = new CountDownLatch(1);

    volatile @Nullable Exception failure;
    volatile @Nullable Error error;
    volatile boolean checking;
    volatile int flushes;
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private volatile CountDownLatch release = new CountDownLatch(0);
    private volatile boolean interrupted;

    /** Makes writes block until {@link #release()} or an interrupt. */
    TestSink blocked() {
        release = new CountDownLatch(1);
        return this;
    }

    void release() {
        release.countDown();
    }

    byte[] stored() {
        return stored.toByteArray();
    }

    @Override
    public void write(ByteBuffer[] buffers, int count) throws IOException {
        inWrite.countDown();
        pass();
        batches.add(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[buffers[i].remaining()];
            buffers[i].get(bytes);
            stored.writeBytes(bytes);
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one worker flushes
    public void flush() throws IOException {
        pass();
        flushes++;
    }

    @Override
    public void interrupt() {
        interrupted = true;
        release.countDown();
    }

    @Override
    public boolean isChecking() {
        return checking;
    }

    private void pass() throws IOException {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError("no worker is interrupted as a thread", e);
        }
        if (interrupted) {
            throw new IOException("the I/O was interrupted");
        }
        if (error != null) {
            throw error;
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }
}
