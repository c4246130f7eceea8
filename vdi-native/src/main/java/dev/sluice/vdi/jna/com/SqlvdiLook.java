package dev.sluice.vdi.jna.com;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was read about {@code sqlvdi.dll} on this machine; {@link SqlvdiVerdict} judges it.
 *
 * @param processBits 32 or 64: this process
 * @param registered the file registered for 64-bit processes
 * @param registeredFor32Bit the file registered for 32-bit processes
 * @param installed files of that name in SQL Server's folders
 * @param present whether the registered file is there
 * @param libraryBits 32 or 64, where the registered file is a library that could be read
 * @param unreadable why the registered file could not be read
 * @param version the registered file's version
 * @param creation the HRESULT of making a client device set, where it was tried
 */
record SqlvdiLook(
        int processBits,
        Optional<Path> registered,
        Optional<Path> registeredFor32Bit,
        List<Path> installed,
        boolean present,
        OptionalInt libraryBits,
        Optional<String> unreadable,
        Optional<String> version,
        OptionalInt creation) {}
