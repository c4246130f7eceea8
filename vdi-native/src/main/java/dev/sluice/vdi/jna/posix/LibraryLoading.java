package dev.sluice.vdi.jna.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdi;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.words.Said;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Loads the library of a path, or finds out why that does not work and what would help. */
final class LibraryLoading {

    private final Path path;
    private OptionalInt libraryBits = OptionalInt.empty();

    LibraryLoading(Path path) {
        this.path = path;
    }

    /**
     * Loads it.
     *
     * @throws NativeVdiException with the report on what hinders it
     */
    PosixLibrary load() throws NativeVdiException {
        checkPresent();
        checkKind();
        Path real = realPath();
        NativeLibrary library = open(real);
        checkComplete(library);
        PosixLibrary loaded = PosixLibrary.of(real, library);
        if (!loaded.path().equals(real)) {
            throw unusable(
                    Said.of("sqlvdi.otherInUse", path, loaded.path()), Said.of("sqlvdi.startAnew"));
        }
        return loaded;
    }

    private Path realPath() throws NativeVdiException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw unreadable(Said.asIs(e.toString()));
        }
    }

    private NativeLibrary open(Path real) throws NativeVdiException {
        try {
            return SqlVdi.open(real.toString());
        } catch (UnsatisfiedLinkError e) {
            throw unusable(
                    Said.of("sqlvdi.notLoaded", path, reason(e)),
                    "ldd -r " + path + "  # what it needs and does not find",
                    "export LD_LIBRARY_PATH=%s  # where that lies beside it"
                            .formatted(real.getParent()));
        }
    }

    /** The loader's own words, to which JNA adds what it tried next. */
    private static String reason(UnsatisfiedLinkError error) {
        Throwable first = error.getSuppressed().length > 0 ? error.getSuppressed()[0] : error;
        return String.valueOf(first.getMessage());
    }

    private void checkComplete(NativeLibrary library) throws NativeVdiException {
        List<String> missing = SqlVdi.missing(library);
        if (!missing.isEmpty()) {
            throw unusable(
                    Said.of("sqlvdi.lacks", path, String.join(", ", missing)),
                    "sudo apt-get install --only-upgrade mssql-server  # Debian, Ubuntu",
                    "sudo dnf upgrade mssql-server  # Red Hat",
                    "sudo zypper update mssql-server  # SUSE");
        }
    }

    private void checkPresent() throws NativeVdiException {
        if (Files.notExists(path)) {
            throw unusable(
                    Said.of("sqlvdi.missing", path),
                    "sudo apt-get install -y mssql-server  # Debian, Ubuntu",
                    "sudo dnf install -y mssql-server  # Red Hat",
                    "sudo zypper install -y mssql-server  # SUSE",
                    "export %s=$(find / -name %s 2>/dev/null | head -n 1)  # where it is elsewhere"
                            .formatted(NativeVdi.LIBRARY_VARIABLE, PosixLibrary.NAME));
        }
        if (!Files.isReadable(path)) {
            throw unreadable(Said.of("sqlvdi.mayNotRead"));
        }
    }

    private NativeVdiException unreadable(Said why) {
        return unusable(
                Said.of("sqlvdi.unreadable.linux", path, why),
                "sudo usermod -a -G mssql $USER  # then log in again",
                "namei -l " + path + "  # who may read it");
    }

    private void checkKind() throws NativeVdiException {
        Optional<ElfFile> header;
        try {
            header = ElfFile.read(path);
        } catch (IOException e) {
            throw unreadable(Said.asIs(e.toString()));
        }
        if (header.isEmpty()) {
            throw unusable(
                    Said.of("sqlvdi.noLinuxLibrary", path),
                    "sudo apt-get install --reinstall mssql-server  # Debian, Ubuntu",
                    "sudo dnf reinstall mssql-server  # Red Hat",
                    "sudo zypper install --force mssql-server  # SUSE");
        }
        ElfFile elf = header.get();
        libraryBits = OptionalInt.of(elf.bits());
        String architecture = System.getProperty("os.arch", "");
        if (!elf.fits(architecture)) {
            throw unusable(
                    Said.of("sqlvdi.otherKind", path, elf.kind(), architecture),
                    Said.of("sqlvdi.useKind", elf.kind()));
        }
    }

    /**
     * @param commands to copy
     */
    private NativeVdiException unusable(Said finding, String... commands) {
        Said[] remedies = Arrays.stream(commands).map(Said::asIs).toArray(Said[]::new);
        return unusable(finding, remedies);
    }

    private NativeVdiException unusable(Said finding, Said... remedies) {
        return new NativeVdiException(report(false, finding, List.of(remedies)));
    }

    /** The report on a library that was loaded. */
    LibraryReport success() {
        return report(true, Said.of("sqlvdi.complete", path), List.of());
    }

    private LibraryReport report(boolean usable, Said finding, List<Said> remedies) {
        return new LibraryReport(
                PosixLibrary.NAME,
                Optional.of(path),
                Optional.empty(),
                libraryBits,
                Native.POINTER_SIZE * Byte.SIZE,
                usable,
                finding,
                remedies);
    }
}
