package dev.sluice.media;

import dev.sluice.transfer.StripeSink;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes one stripe of a backup set: the shared buffers go to the file as they are, and into the
 * digests on the way. The stripe belongs to its {@link BackupSetWriter}, which commits or discards
 * it.
 */
public final class StripeWriter implements StripeSink {

    private final StripeFile file;
    private final RunningDigest digest = new RunningDigest();
    private final CheckingTime checking = new CheckingTime();
    private long stored;
    private long durable;

    StripeWriter(StripeFile file) {
        this.file = file;
    }

    @Override
    public void write(ByteBuffer[] buffers, int count) throws IOException {
        checking.begin();
        for (int i = 0; i < count; i++) {
            digest.update(buffers[i]);
        }
        checking.end();
        file.writeAll(buffers, count, stored);
        stored = digest.size();
    }

    @Override
    public void flush() throws IOException {
        requireWhole();
        if (durable < stored) {
            file.force();
            durable = stored;
        }
    }

    @Override
    public void interrupt() {
        file.interrupt();
    }

    @Override
    public boolean isChecking() {
        return checking.isOn();
    }

    @Override
    public long checkingNanos() {
        return checking.nanos();
    }

    StripeFile file() {
        return file;
    }

    /** Makes the stripe durable and describes it under its final name. */
    Manifest.Stripe finish(String name) throws IOException {
        flush();
        long size = file.size();
        if (size != stored) {
            throw new StripeIoException(Told.of("stripe.changed", file.path(), size, stored), null);
        }
        return digest.describe(name);
    }

    private void requireWhole() throws IOException {
        if (stored != digest.size()) {
            throw new StripeIoException(Told.of("stripe.notWhole", file.path()), null);
        }
    }
}
