package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;
import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The data file a restore makes: a new one beside whatever the database has. For a differential it
 * begins as a copy of the restored full backup. Nobody else knows it until the catalog names it.
 */
final class NewDataFile implements PageSink, AutoCloseable {

    /** Looks at a stripe's header and refuses what must not be restored here. */
    interface Check {
        /** Passes, or fails with the statement's error. */
        void check(BackupHeader header) throws StatementException;
    }

    private final Path path;
    private final Check check;
    private final @Nullable ExclusiveUse base;
    private final DatabaseEntry.@Nullable BackupIdentity baseIdentity;
    private @Nullable FileChannel channel;

    /**
     * @param path the new file
     * @param check what a set must fulfil
     * @param base data file of the full backup that waits for a differential; null without one
     * @param baseIdentity which full backup that is
     */
    NewDataFile(
            Path path,
            Check check,
            @Nullable ExclusiveUse base,
            DatabaseEntry.@Nullable BackupIdentity baseIdentity) {
        this.path = path;
        this.check = check;
        this.base = base;
        this.baseIdentity = baseIdentity;
    }

    Path path() {
        return path;
    }

    @Override
    public void begin(BackupHeader header) throws IOException, StatementException {
        check.check(header);
        FileChannel created = PrivateFiles.createNew(path);
        channel = created;
        if (header.kind() == BackupKind.DIFFERENTIAL) {
            copyBase(header, created);
        }
    }

    private void copyBase(BackupHeader header, FileChannel to)
            throws IOException, StatementException {
        if (base == null) {
            throw Messages.nothingToRollForward(header.database());
        }
        base.copyTo(to);
    }

    @Override
    public void image(ImageHeader image) throws StatementException {
        if (image.isDifferential() && !image.base().equals(baseIdentity)) {
            throw Messages.differentialDoesNotFit();
        }
    }

    @Override
    public void write(ByteBuffer payload, long position) throws IOException {
        FileChannel target = open();
        long at = position;
        while (payload.hasRemaining()) {
            at += target.write(payload, at);
        }
    }

    /** Gives the file its final length and makes it durable. */
    void finish(long length) throws IOException {
        FileChannel target = open();
        target.truncate(length);
        if (target.size() < length) {
            target.write(ByteBuffer.allocate(1), length - 1);
        }
        target.force(true);
        target.close();
    }

    private FileChannel open() {
        FileChannel target = channel;
        if (target == null) {
            throw new IllegalStateException("the new data file was not begun");
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
