package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A committed backup set on disk, with a manifest that is intact and stripes that are there in full
 * length. Whether their content is intact, reading tells. Immutable.
 *
 * @param directory the folder that holds manifest.json
 * @param manifest what the set says about itself
 */
public record BackupSet(Path directory, Manifest manifest) {

    /**
     * The destination that a set's folder lies in, under the server and the database; empty when
     * the folder is not that deep.
     */
    public static Optional<Path> destinationOf(Path directory) {
        return directory.getNameCount() > 3
                ? Optional.of(directory.resolve("../../..").normalize())
                : Optional.empty();
    }

    /**
     * Opens a set.
     *
     * @param directory the folder that holds manifest.json
     * @throws NotABackupSetException when the folder is missing, foreign, or left by a run that did
     *     not finish
     * @throws ManifestException when the manifest is damaged or made by a newer Sluice
     * @throws StripeException when a stripe is missing, truncated or too long
     * @throws BackupSetException when the set needs a codec this Sluice does not have
     * @throws IOException when something cannot be read
     */
    public static BackupSet open(Path directory) throws IOException {
        BackupSet set = new BackupSet(directory, readManifest(directory));
        set.requireKnownCodecs();
        for (Manifest.Stripe stripe : set.manifest.stripes()) {
            set.requireWhole(stripe);
        }
        return set;
    }

    /** The file of a stripe; from 0. */
    public Path stripePath(int stripe) {
        return directory.resolve(manifest.stripes().get(stripe).name());
    }

    /** Opens all stripes for reading, in the order of the devices. The caller closes each. */
    public List<StripeReader> openStripes() throws IOException {
        List<StripeReader> readers = new ArrayList<>();
        try {
            for (Manifest.Stripe stripe : manifest.stripes()) {
                readers.add(StripeReader.open(directory, stripe));
            }
            return readers;
        } catch (IOException e) {
            closeAfter(e, readers);
            throw e;
        }
    }

    /** Opens one stripe for reading; from 0. The caller closes it. */
    public StripeReader openStripe(int stripe) throws IOException {
        return StripeReader.open(directory, manifest.stripes().get(stripe));
    }

    /**
     * What a set says about itself, whether its stripes are there or not; otherwise as {@link
     * #open}.
     */
    public static Manifest readManifest(Path directory) throws IOException {
        requireFolder(directory);
        Path file = directory.resolve(SetLayout.MANIFEST);
        BasicFileAttributes manifest = look(file);
        if (manifest == null || !manifest.isRegularFile()) {
            throw noManifest(directory, manifest != null);
        }
        return ManifestFile.read(file);
    }

    private static void requireFolder(Path directory) throws IOException {
        BasicFileAttributes found = look(directory);
        if (found == null || !found.isDirectory()) {
            throw new NotABackupSetException(
                    directory,
                    found == null
                            ? Told.of("set.noFolder", directory)
                            : Told.of("set.isFile", directory),
                    false);
        }
    }

    /** Null when it is not there; that it cannot be looked at is another matter. */
    private static @Nullable BasicFileAttributes look(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static NotABackupSetException noManifest(Path directory, boolean isSomethingElse)
            throws IOException {
        try (var files = Files.list(directory)) {
            // the listing is of one moment: a share may have been gone at the look before it
            List<Path> there = files.toList();
            Told told =
                    there.stream().anyMatch(SetLayout::isOurs)
                            ? Told.of("set.unfinished", directory)
                            : Told.of("set.none", directory);
            Path manifest = directory.resolve(SetLayout.MANIFEST);
            return new NotABackupSetException(
                    directory, told, isSomethingElse || !there.contains(manifest));
        }
    }

    private void requireKnownCodecs() throws BackupSetException {
        if (!manifest.codecs().isEmpty()) {
            throw new BackupSetException(
                    directory,
                    Told.of("set.codecs", directory, String.join(", ", manifest.codecs())),
                    null);
        }
    }

    private void requireWhole(Manifest.Stripe stripe) throws IOException {
        Path file = directory.resolve(stripe.name());
        BasicFileAttributes found = look(file);
        if (found == null || !found.isRegularFile()) {
            // a share that went away in between took no stripe from the set
            requireFolder(directory);
            throw missing(file);
        }
        long size = found.size();
        if (size != stripe.storedSize()) {
            throw new StripeException(
                    file,
                    size < stripe.storedSize()
                            ? Told.of("stripe.truncated", file, size, stripe.storedSize())
                            : Told.of("stripe.tooLong", file, size, stripe.storedSize()));
        }
    }

    StripeException missing(Path stripe) {
        return new StripeException(
                stripe, Told.of("stripe.missing", stripe, manifest.stripes().size()));
    }

    private static void closeAfter(IOException cause, List<StripeReader> readers) {
        for (StripeReader reader : readers) {
            try {
                reader.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
