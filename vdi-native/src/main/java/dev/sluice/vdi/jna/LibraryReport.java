package dev.sluice.vdi.jna;

import dev.sluice.vdi.words.Said;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found out about SQL Server's VDI library on this machine.
 *
 * @param library the file's name: {@code sqlvdi.dll} or {@code libsqlvdi.so}
 * @param path where it is registered or expected; empty when nothing is registered
 * @param version its file version where it can be read
 * @param libraryBits 32 or 64 where the file could be read
 * @param processBits 32 or 64: this process
 * @param usable whether a device set can be made with it
 * @param finding what was found, one or more sentences for people
 * @param remedies what to do about it when it is not usable: commands to copy, on Linux with a
 *     comment that a shell passes over, or short instructions; most likely first; empty when usable
 */
public record LibraryReport(
        String library,
        Optional<Path> path,
        Optional<String> version,
        OptionalInt libraryBits,
        int processBits,
        boolean usable,
        Said finding,
        List<Said> remedies) {

    /** Makes the list unmodifiable. */
    public LibraryReport {
        remedies = List.copyOf(remedies);
    }
}
