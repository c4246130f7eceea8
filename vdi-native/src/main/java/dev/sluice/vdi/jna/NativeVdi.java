package dev.sluice.vdi.jna;

import com.sun.jna.Native;

import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.com.ComVdi;
import dev.sluice.vdi.jna.posix.PosixVdi;
import dev.sluice.vdi.words.Said;

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

    private static final String LINUX_LIBRARY = "libsqlvdi.so";

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
     * The library, usable.
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

    /**
     * The library with both of its ends, so that another server than SQL Server can stand behind
     * it: the provider is a {@link dev.sluice.vdi.server.ServerVdiProvider} as well. Windows only.
     *
     * @throws NativeVdiException when it cannot be used, with what was found and what to do; on
     *     Linux always, for the library there has the client's end alone
     */
    public static VdiProvider openBothEnds() throws NativeVdiException {
        return openBothEnds(thisSystem());
    }

    static VdiProvider openBothEnds(String system) throws NativeVdiException {
        if (isWindows(system)) {
            return ComVdi.open();
        }
        throw new NativeVdiException(isLinux(system) ? clientOnly() : notHere(system));
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
        return unusable(
                "sqlvdi.dll or libsqlvdi.so",
                Said.of("sqlvdi.notHere", system),
                List.of(Said.of("sqlvdi.runThere")));
    }

    private static LibraryReport clientOnly() {
        return unusable(LINUX_LIBRARY, Said.of("sqlvdi.clientOnly", LINUX_LIBRARY), List.of());
    }

    private static LibraryReport unusable(String library, Said finding, List<Said> remedies) {
        return new LibraryReport(
                library,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Native.POINTER_SIZE * Byte.SIZE,
                false,
                finding,
                remedies);
    }
}
