package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What the doctor asks of the system it runs on. Safe from any thread. */
public interface Machine {

    /** Systems that differ in how SQL Server's library is reached. */
    enum Platform {
        /** {@code libsqlvdi.so}, shared memory, groups. */
        LINUX,
        /** {@code sqlvdi.dll} through COM. */
        WINDOWS,
        /** SQL Server does not run here. */
        OTHER
    }

    /** Which one this is. */
    Platform platform();

    /** What was found out about SQL Server's library. */
    LibraryReport library();

    /** Whether a file is there, or in a folder that hides it from this account. */
    boolean mayBeThere(Path file);

    /** The content of a small text file of the system; empty when there is none. */
    Optional<String> read(Path file) throws IOException;

    /** The size of the file system a folder is on, in bytes; empty when there is no such folder. */
    OptionalLong capacity(Path folder) throws IOException;
}
