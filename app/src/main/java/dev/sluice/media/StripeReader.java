package dev.sluice.media;

import dev.sluice.transfer.DamagedDataException;
import dev.sluice.transfer.StripeSource;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Reads one stripe of a backup set and checks every chunk before a byte of it is handed over; the
 * last chunk also needs the stripe's whole SHA-256 and size to be right. Whole chunks are read
 * straight into the target and checked there; only a chunk that is wanted in parts passes through a
 * buffer of the reader's own. One thread reads.
 */
public final class StripeReader implements StripeSource, Closeable {

    private final StripeFile file;
    private final Manifest.Stripe stripe;
    private final MessageDigest digest = Sha256.start();
    private final CheckingTime checking = new CheckingTime();

    /** What is left of a checked chunk that was wanted in parts. */
    private final ByteBuffer rest;

    /** Bytes from the beginning that were checked. */
    private long checked;

    private boolean endChecked;
    private @Nullable IOException failure;

    /** Takes over the file. */
    StripeReader(StripeFile file, Manifest.Stripe stripe) {
        this.file = file;
        this.stripe = stripe;
        this.rest = ByteBuffer.allocateDirect(stripe.chunkSize()).limit(0);
    }

    static StripeReader open(Path folder, Manifest.Stripe stripe) throws IOException {
        Path path = folder.resolve(stripe.name());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new StripeReader(new StripeFile(path, channel), stripe);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int start = target.position();
        try {
            fill(target);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        return target.position() - start;
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

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Bytes of the stripe. */
    public long size() {
        return stripe.storedSize();
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining() && !atEnd()) {
            if (rest.hasRemaining()) {
                takeRest(target);
            } else if (target.remaining() >= nextLength()) {
                readChunk(target);
            } else {
                rest.clear();
                readChunk(rest);
                rest.flip();
            }
        }
        if (stripe.storedSize() == 0 && !endChecked) {
            checkEnd();
        }
    }

    private boolean atEnd() {
        return !rest.hasRemaining() && checked == stripe.storedSize();
    }

    private int nextLength() {
        return (int) Math.min(stripe.chunkSize(), stripe.storedSize() - checked);
    }

    private void takeRest(ByteBuffer target) {
        int length = Math.min(rest.remaining(), target.remaining());
        target.put(target.position(), rest, rest.position(), length);
        target.position(target.position() + length);
        rest.position(rest.position() + length);
    }

    /** Reads and checks the next chunk in place; when it is bad, nothing of it stays behind. */
    private void readChunk(ByteBuffer into) throws IOException {
        int start = into.position();
        int limit = into.limit();
        into.limit(start + nextLength());
        boolean good = false;
        try {
            readAndCheck(into, start);
            good = true;
        } finally {
            if (!good) {
                wipe(into, start);
                into.position(start);
            }
            into.limit(limit);
        }
    }

    private void readAndCheck(ByteBuffer into, int start) throws IOException {
        int length = into.remaining();
        int got = file.readFully(into, checked);
        if (got < length) {
            throw damaged(Told.of("damage.ends", checked + got));
        }
        checking.begin();
        try {
            digest.update(into.position(start));
            check(length);
        } finally {
            checking.end();
        }
        checked += length;
    }

    private void check(int length) throws IOException {
        if (checked + length == stripe.storedSize()) {
            checkEnd();
        } else if (!stripe.chunkDigests().matches(chunk(), Sha256.soFar(digest))) {
            throw damaged(Told.of("damage.digest"));
        }
    }

    private void checkEnd() throws IOException {
        if (!Sha256.hex(Sha256.soFar(digest)).equals(stripe.sha256())) {
            throw damaged(Told.of("damage.stripe"));
        }
        if (file.size() != stripe.storedSize()) {
            throw damaged(Told.of("damage.follows", file.size() - checked));
        }
        endChecked = true;
    }

    private int chunk() {
        return (int) (checked / stripe.chunkSize());
    }

    private DamagedDataException damaged(Told what) {
        return new DamagedDataException(
                Told.of("damage", file.path(), chunk(), checked, checked + nextLength() - 1, what),
                checked);
    }

    private static void wipe(ByteBuffer buffer, int from) {
        for (int i = from; i < buffer.limit(); i++) {
            buffer.put(i, (byte) 0);
        }
    }
}
