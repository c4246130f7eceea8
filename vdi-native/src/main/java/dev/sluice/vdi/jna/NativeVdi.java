package dev.sluice.vdi.jna;

import com.sun.jna.Native;

import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.com.ComVdi;
import dev.sluice.vdi.jna.posix.PosixVdi;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * SQL Server's own VDI library on this machine: {@code sqlvdi.dll} on Windows, {@code libsqlvdi.so}
 * on Linux. Each call looks anew. Safe from any thread.
 */
public final class NativeVdi {

    /**
     * The variable of the environment that names the library's file on Linux, where it is not in
     * its usual place, {@link PosixVdi#DEFAULT_LIBRARY}. On Windows the registry says where it is.
     */
    public static final String LIBRARY_VARIABLE = "SLUICE_LIBSQLVDI";

    private NativeVdi() {}

    /** What was found out about the library; never fails because of it. */
    public static LibraryReport inspect() {
        return inspect(thisSystem(), System.getenv());
    }

    static LibraryReport inspect(String system, Map<String, String> environment) {
        if (isWindows(system)) {
            return ComVdi.inspect();
        }
        return isLinux(system) ? PosixVdi.inspect(library(environment)) : notHere(system);
    }

    /**
     * The library, usable. On Windows the provider is a {@link
     * dev.sluice.vdi.server.ServerVdiProvider}, too; the library for Linux has the client's end
     * only.
     *
     * @throws NativeVdiException when it cannot be used, with what was found and what to do
     */
    public static VdiProvider open() throws NativeVdiException {
        return open(thisSystem(), System.getenv());
    }

    static VdiProvider open(String system, Map<String, String> environment)
            throws NativeVdiException {
        if (isWindows(system)) {
            return ComVdi.open();
        }
        if (isLinux(system)) {
            return PosixVdi.open(library(environment));
        }
        throw new NativeVdiException(notHere(system));
    }

    private static String thisSystem() {
        return System.getProperty("os.name", "");
    }

    private static boolean isWindows(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static boolean isLinux(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("linux");
    }

    private static Path library(Map<String, String> environment) {
        String named = environment.getOrDefault(LIBRARY_VARIABLE, "");
        return named.isBlank() ? PosixVdi.DEFAULT_LIBRARY : Path.of(named);
    }

    private static LibraryReport notHere(String system) {
        return new LibraryReport(
                "sqlvdi.dll or libsqlvdi.so",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Native.POINTER_SIZE * Byte.SIZE,
                false,
                "SQL Server's VDI library exists for Windows and for Linux, not for %s."
                        .formatted(system),
                List.of("run Sluice on the machine that SQL Server runs on"));
    }
}
