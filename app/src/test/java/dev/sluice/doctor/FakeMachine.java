package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A machine as a test wants it; a Linux machine without SQL Server unless told otherwise. */
public final class FakeMachine implements Machine {

    final Map<Path, String> files = new HashMap<>();
    final Map<Path, Long> capacities = new HashMap<>();
    @Nullable LinkageError brokenJna;
    boolean libraryIsThere;
    boolean unreadable;
    Platform platform = Platform.LINUX;
    LibraryReport library = report(false, OptionalInt.empty());

    /** A report on {@code libsqlvdi.so}. */
    static LibraryReport report(boolean usable, OptionalInt bits) {
        return new LibraryReport(
                "libsqlvdi.so",
                Optional.of(Path.of("/opt/mssql/lib/libsqlvdi.so")),
                bits.isPresent() ? Optional.of("16.0.4") : Optional.empty(),
                bits,
                64,
                usable,
                Said.asIs("A finding."),
                usable ? List.of() : List.of(Said.asIs("sudo install-it")));
    }

    /** The same machine with SQL Server and an account that fits. */
    FakeMachine withSqlServer() {
        library = report(true, OptionalInt.of(64));
        libraryIsThere = true;
        status(
                "Umask:\t0002",
                "Uid:\t1000\t1000\t1000\t1000",
                "Gid:\t1000\t1000\t1000\t1000",
                "Groups:\t1000 10001");
        files.put(
                Path.of("/etc/passwd"),
                """
                root:x:0:0:root:/root:/bin/bash
                mssql:x:10001:10001::/var/opt/mssql:/bin/bash
                dba:x:1000:1000:A DBA,,,:/home/dba:/bin/bash
                """);
        groups("mssql:x:10001:dba", "dba:x:1000:mssql");
        capacities.put(Path.of("/dev/shm"), 1L << 30);
        return this;
    }

    void status(String... lines) {
        files.put(Path.of("/proc/self/status"), "Name:\tjava\n" + String.join("\n", lines) + "\n");
    }

    void groups(String... lines) {
        files.put(Path.of("/etc/group"), "root:x:0:\n" + String.join("\n", lines) + "\n");
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public LibraryReport library() {
        if (brokenJna != null) {
            throw brokenJna;
        }
        return library;
    }

    @Override
    public boolean mayBeThere(Path file) {
        return libraryIsThere;
    }

    @Override
    public Optional<String> read(Path file) throws IOException {
        if (unreadable) {
            throw new IOException("broken");
        }
        return Optional.ofNullable(files.get(file));
    }

    @Override
    public OptionalLong capacity(Path folder) {
        Long size = capacities.get(folder);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
