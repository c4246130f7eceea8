package dev.sluice.media;

import dev.sluice.words.Told;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies under a folder: a destination, a part of one, or a single set.
 *
 * @param sets committed sets whose manifest is intact, the newest first; their stripes were not
 *     looked at
 * @param remains folders of sets without a manifest
 * @param problems sets whose manifest cannot be used, and folders that cannot be read
 */
public record BackupCatalog(
        List<BackupSet> sets, List<Remains> remains, List<BackupSetException> problems) {

    /** A destination holds server, database, set. */
    private static final int MAX_DEPTH = 4;

    /** Takes copies of the lists. */
    public BackupCatalog {
        sets = List.copyOf(sets);
        remains = List.copyOf(remains);
        problems = List.copyOf(problems);
    }

    /**
     * Looks for sets and for what is left of some. Links are not followed; a folder that is not
     * there holds nothing.
     *
     * @param folder a destination, or any folder inside one
     * @throws IOException when the folder itself cannot be read
     */
    public static BackupCatalog find(Path folder) throws IOException {
        return find(List.of(folder));
    }

    /**
     * Looks under several folders. One may lie inside another: what is under both is told once.
     *
     * @throws IOException when one of the folders themselves cannot be read
     */
    public static BackupCatalog find(Collection<Path> folders) throws IOException {
        Finder finder = new Finder();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                Files.walkFileTree(
                        folder.toRealPath(),
                        EnumSet.noneOf(FileVisitOption.class),
                        MAX_DEPTH,
                        finder);
            }
        }
        return finder.catalog();
    }

    /**
     * The same, where a set with a missing or cut stripe, or one that cannot be looked at, counts
     * as a problem. Looks at every stripe's size; contents are for {@link BackupSetVerifier}.
     */
    public BackupCatalog withStripesChecked() {
        List<BackupSet> whole = new ArrayList<>();
        List<BackupSetException> found = new ArrayList<>(problems);
        for (BackupSet set : sets) {
            try {
                whole.add(BackupSet.open(set.directory()));
            } catch (BackupSetException e) {
                found.add(e);
            } catch (IOException e) {
                found.add(unreadable(set.directory(), e));
            }
        }
        return new BackupCatalog(whole, remains, found);
    }

    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Map<Path, BackupSet> sets = new LinkedHashMap<>();
        private final Map<Path, Remains> remains = new LinkedHashMap<>();
        private final Map<Path, BackupSetException> problems = new LinkedHashMap<>();

        BackupCatalog catalog() {
            List<BackupSet> newestFirst = new ArrayList<>(sets.values());
            newestFirst.sort(
                    Comparator.comparing((BackupSet set) -> set.manifest().started()).reversed());
            return new BackupCatalog(
                    newestFirst, List.copyOf(remains.values()), List.copyOf(problems.values()));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            try {
                return look(folder);
            } catch (BackupSetException e) {
                problems.put(folder, e);
            } catch (IOException | UncheckedIOException e) {
                problems.put(folder, unreadable(folder, e));
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        private FileVisitResult look(Path folder) throws IOException {
            if (sets.containsKey(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (isSet(folder)) {
                sets.put(folder, new BackupSet(folder, BackupSet.readManifest(folder)));
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (SetLayout.isSetFolder(folder)) {
                remains.put(folder, Remains.of(folder));
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        /** A set may have been renamed; yet not everything called manifest.json is ours. */
        private static boolean isSet(Path folder) throws IOException {
            if (!Files.isRegularFile(folder.resolve(SetLayout.MANIFEST))) {
                return false;
            }
            if (SetLayout.isSetFolder(folder)) {
                return true;
            }
            try (var files = Files.list(folder)) {
                return files.anyMatch(SetLayout::isStripe);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            problems.put(file, unreadable(file, e));
            return FileVisitResult.CONTINUE;
        }
    }

    private static BackupSetException unreadable(Path path, Exception e) {
        return new BackupSetException(path, Told.of("set.unreadable", path, e.toString()), e);
    }
}
