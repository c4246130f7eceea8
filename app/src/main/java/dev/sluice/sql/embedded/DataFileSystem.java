package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file system through which H2 opens data files ({@code jdbc:h2:sluice:…}): the plain one,
 * except that this process knows which data files are open, can keep a file from being opened, and
 * can read an open one through H2's own channel. A second channel would not do: on POSIX systems
 * closing it drops H2's lock on the file. Public because H2 makes instances by reflection.
 */
public final class DataFileSystem extends FilePathWrapper {

    /** The scheme in URLs. */
    static final String SCHEME = "sluice";

    /** A file nobody may open at present. */
    private static final Object RESERVED = new Object();

    /** By absolute path: the open {@link DataFile}, or {@link #RESERVED}. */
    private static final Map<Path, Object> FILES = new ConcurrentHashMap<>();

    static {
        FilePath.register(new DataFileSystem());
    }

    /** Called by H2. */
    public DataFileSystem() {}

    /** Makes the scheme known to H2. */
    static void install() {
        // the static initialiser has done it
    }

    /** The open data file, or null when no connection of this process has it open. */
    static @Nullable DataFile open(Path path) {
        return FILES.get(key(path)) instanceof DataFile file ? file : null;
    }

    /**
     * Keeps every connection of this process from opening a data file, until {@link #release}.
     *
     * @return false when it is open or reserved already
     */
    static boolean reserve(Path path) {
        return FILES.putIfAbsent(key(path), RESERVED) == null;
    }

    /** Ends what {@link #reserve} began. */
    static void release(Path path) {
        FILES.remove(key(path), RESERVED);
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Path path = key(Path.of(getBase().toString()));
        Object opening = new Object();
        if (FILES.putIfAbsent(path, opening) != null) {
            throw new IOException("\"" + path + "\" is open already or is being restored");
        }
        try {
            DataFile file = new DataFile(path, openFile(path, mode), () -> FILES.remove(path));
            FILES.put(path, file);
            return file;
        } catch (IOException e) {
            FILES.remove(path, opening);
            throw e;
        }
    }

    /**
     * A data file must exist: a restore may remove it after H2 has looked for it, and an empty
     * database in its place would take what is written and lose it.
     */
    private static FileChannel openFile(Path path, String mode) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.READ);
        if (!mode.equals("r")) {
            options.add(StandardOpenOption.WRITE);
            if (!path.toString().endsWith(DataFiles.SUFFIX)) {
                options.add(StandardOpenOption.CREATE);
            }
        }
        return FileChannel.open(path, options, PrivateFiles.fileAttributes(path));
    }
}
