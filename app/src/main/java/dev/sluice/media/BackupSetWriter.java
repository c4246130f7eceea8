package dev.sluice.media;

import dev.sluice.files.PrivateFiles;
import dev.sluice.sql.BackupType;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A backup set while it is written. Its stripes carry partial names and are locked until {@link
 * #commit} makes them a backup, {@link #discard} leaves nothing behind, or {@link #setAside} leaves
 * them as no backup. One thread creates and ends it, when no worker writes; each stripe has its
 * worker.
 */
public final class BackupSetWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BackupSetWriter.class);

    /**
     * Runs that begin at the same moment may take each other's first files for remains; on a busy
     * machine many times in a row. An attempt costs next to nothing.
     */
    private static final int ATTEMPTS = 100;

    private enum State {
        OPEN,
        COMMITTED,
        DISCARDED,
        SET_ASIDE
    }

    private final String id = UUID.randomUUID().toString();
    private final String server;
    private final String database;
    private final BackupType type;
    private final SetFolder folder;
    private final List<StripeWriter> stripes = new ArrayList<>();
    private State state = State.OPEN;
    private volatile boolean renamed;

    private BackupSetWriter(String server, String database, BackupType type, SetFolder folder) {
        this.server = server;
        this.database = database;
        this.type = type;
        this.folder = folder;
    }

    /**
     * Makes the folders and the empty, locked stripes of a new set. When it fails, nothing it made
     * remains.
     *
     * @param destination folder under which server and database have theirs; made when missing
     * @param server name of the server
     * @param database name of the database
     * @param type what the backup contains
     * @param devices number of stripes, 1 to 64
     * @param now local time, for the name of the set's folder
     * @throws BackupSetException when a folder or file cannot be made
     */
    public static BackupSetWriter create(
            Path destination,
            String server,
            String database,
            BackupType type,
            int devices,
            LocalDateTime now)
            throws IOException {
        if (devices < 1 || devices > SetLayout.MAX_STRIPES) {
            throw new IllegalArgumentException(
                    "%d stripes: a backup set has 1 to %d"
                            .formatted(devices, SetLayout.MAX_STRIPES));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return begin(
                        SetFolder.create(destination, server, database, type, now),
                        server,
                        database,
                        type,
                        devices);
            } catch (SweptAwayException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("Making the backup set again: {}", e.getMessage());
            }
        }
    }

    /**
     * The folder that {@link #create} makes the sets of a database in; need not be there yet.
     *
     * @param destination folder under which server and database have theirs
     */
    public static Path folder(Path destination, String server, String database) {
        return SetFolder.parent(destination, server, database);
    }

    private static BackupSetWriter begin(
            SetFolder folder, String server, String database, BackupType type, int devices)
            throws IOException {
        BackupSetWriter writer = new BackupSetWriter(server, database, type, folder);
        try {
            writer.openStripes(devices);
            // a folder that cannot be made durable is found out now, not after hours of backup
            folder.sync();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.discardAfter(e);
            throw e;
        }
    }

    /** The set's id, as the manifest will have it. */
    public String id() {
        return id;
    }

    /** The set's folder. */
    public Path directory() {
        return folder.path();
    }

    /** The stripes, in the order of the devices. */
    public List<StripeWriter> stripes() {
        return List.copyOf(stripes);
    }

    /** Where a stripe will lie once committed; from 0. */
    public Path stripePath(int stripe) {
        return folder.path().resolve(SetLayout.stripeName(stripe));
    }

    /** Where a stripe lies now: under its partial name until the commit. From any thread. */
    public Path stripePathNow(int stripe) {
        Path path = stripePath(stripe);
        return renamed ? path : SetLayout.partial(path);
    }

    /**
     * Makes the set a backup, durably; only after the server's statement succeeded and all workers
     * have ended. When it fails the set is no backup, and {@link #discard} or {@link #setAside} is
     * due.
     *
     * @return the manifest that was written
     * @throws IOException when a step failed; the message says which
     */
    public Manifest commit(ManifestFacts facts) throws IOException {
        requireOpen();
        Manifest manifest = manifest(facts, finishStripes());
        renameStripes();
        folder.sync();
        ManifestFile.write(folder.path().resolve(SetLayout.MANIFEST), manifest);
        state = State.COMMITTED;
        release();
        return manifest;
    }

    /**
     * Removes what this object made: manifest, stripes, folders that are empty then. Goes on where
     * something cannot be removed; a second call does nothing.
     *
     * @throws BackupSetException when something remains: it names each file and why
     */
    public void discard() throws BackupSetException {
        if (state == State.DISCARDED) {
            return;
        }
        requireOpen();
        Removal removal = new Removal();
        // the manifest first: half a removal must not look like a backup
        removal.removeDurably(folder.path().resolve(SetLayout.MANIFEST));
        removal.remove(SetLayout.partial(folder.path().resolve(SetLayout.MANIFEST)));
        for (int i = 0; i < stripes.size(); i++) {
            removal.remove(stripePath(i));
            removal.remove(SetLayout.partial(stripePath(i)));
        }
        release();
        folder.remove(removal);
        state = State.DISCARDED;
        removal.report(folder.path());
    }

    /**
     * Ends without a backup and without a loss: the stripes stay, under their partial names, so
     * that they are {@link Remains} and pass for no set. Goes on where something fails; a second
     * call does nothing.
     *
     * @throws BackupSetException when the data stays, and a step to make it durable or to take its
     *     final names away failed: it tells which and why
     */
    public void setAside() throws BackupSetException {
        if (state == State.SET_ASIDE) {
            return;
        }
        requireOpen();
        Removal manifests = new Removal();
        // the manifest first: what is set aside must not look like a backup
        manifests.removeDurably(folder.path().resolve(SetLayout.MANIFEST));
        manifests.remove(SetLayout.partial(folder.path().resolve(SetLayout.MANIFEST)));
        List<IOException> failures = new ArrayList<>(manifests.failures());
        for (int i = 0; i < stripes.size(); i++) {
            try {
                setAside(i);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        renamed = false;
        try {
            folder.sync();
        } catch (IOException e) {
            failures.add(e);
        }
        release();
        state = State.SET_ASIDE;
        if (!failures.isEmpty()) {
            throw new BackupSetException(
                    folder.path(),
                    Told.of(
                            "set.notAside",
                            folder.path(),
                            failures.stream()
                                    .map(IOException::toString)
                                    .collect(Collectors.joining("; "))),
                    failures.getFirst());
        }
    }

    private void setAside(int stripe) throws IOException {
        Path path = stripePath(stripe);
        if (Files.exists(path)) {
            Files.move(path, SetLayout.partial(path), StandardCopyOption.ATOMIC_MOVE);
        }
        stripes.get(stripe).file().force();
    }

    private void openStripes(int devices) throws IOException {
        for (int i = 0; i < devices; i++) {
            Path partial = SetLayout.partial(stripePath(i));
            FileChannel channel = createFile(partial);
            // before the lock: on POSIX systems closing any channel of the file would drop it
            DirectLane lane = DirectLane.open(partial);
            stripes.add(new StripeWriter(new StripeFile(partial, channel, lane)));
            RunLock.lock(partial, channel);
        }
    }

    private static FileChannel createFile(Path file) throws BackupSetException {
        try {
            return FileChannel.open(
                    file,
                    EnumSet.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE),
                    PrivateFiles.fileAttributes(file));
        } catch (NoSuchFileException e) {
            throw new SweptAwayException(file, e);
        } catch (IOException e) {
            throw new BackupSetException(file, Told.of("stripe.notMade", file, e.toString()), e);
        }
    }

    private List<Manifest.Stripe> finishStripes() throws IOException {
        List<Manifest.Stripe> finished = new ArrayList<>();
        for (int i = 0; i < stripes.size(); i++) {
            finished.add(stripes.get(i).finish(SetLayout.stripeName(i)));
        }
        return finished;
    }

    private void renameStripes() throws IOException {
        for (int i = 0; i < stripes.size(); i++) {
            Path stripe = stripePath(i);
            Files.move(SetLayout.partial(stripe), stripe, StandardCopyOption.ATOMIC_MOVE);
        }
        renamed = true;
    }

    private Manifest manifest(ManifestFacts facts, List<Manifest.Stripe> finished)
            throws IOException {
        Manifest.Header header = StreamHeaders.read(stripes.getFirst().file());
        return new Manifest(
                Manifest.formatVersionFor(facts.scope()),
                id,
                facts.toolVersion(),
                server,
                facts.instance(),
                database,
                type,
                facts.scope(),
                facts.copyOnly(),
                facts.started(),
                facts.finished(),
                facts.trigger(),
                facts.statement(),
                facts.blockSize(),
                facts.maxTransferSize(),
                List.of(),
                baseFor(header),
                header,
                finished,
                facts.messages());
    }

    /** The set beside this one that a differential is based on, by the LSNs of the streams. */
    private @Nullable String baseFor(Manifest.@Nullable Header header) {
        if (type != BackupType.DIFFERENTIAL || header == null) {
            return null;
        }
        try {
            for (BackupSet set : BackupCatalog.find(PrivateFiles.folderOf(folder.path())).sets()) {
                if (set.manifest().isBaseOf(header)) {
                    return set.manifest().id();
                }
            }
        } catch (IOException e) {
            // good to know, but no reason to lose a backup that is done
            LOG.warn("The base of {} could not be looked for", folder.path(), e);
        }
        return null;
    }

    /** Closes the stripes, which unlocks them. By now this can cost no data. */
    private void release() {
        for (StripeWriter stripe : stripes) {
            try {
                stripe.file().close();
            } catch (IOException e) {
                LOG.warn("Closing {} met an error", stripe.file().path(), e);
            }
        }
        folder.retract();
    }

    private void discardAfter(Exception cause) {
        try {
            discard();
        } catch (BackupSetException e) {
            cause.addSuppressed(e);
        }
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("the backup set is " + state);
        }
    }
}
