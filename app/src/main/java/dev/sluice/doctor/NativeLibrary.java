package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;

/**
 * SQL Server's own library, without which only the embedded server can be reached.
 *
 * @param check what was found
 * @param isInstalled whether there is a library at all, of whatever use
 */
record NativeLibrary(Check check, boolean isInstalled) {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final Check.Subject SUBJECT =
            new Check.Subject("library", "Library of SQL Server");

    /** Looks for it. */
    static NativeLibrary on(Machine machine) {
        try {
            LibraryReport report = machine.library();
            boolean isInstalled = isInstalled(report, machine);
            return new NativeLibrary(check(report, isInstalled, machine.platform()), isInstalled);
        } catch (LinkageError e) {
            LOG.error("JNA cannot be used", e);
            return new NativeLibrary(withoutJna(e, machine.platform()), false);
        }
    }

    private static boolean isInstalled(LibraryReport report, Machine machine) {
        // on Windows a path is a registration, on Linux it is where the library is expected
        return report.usable() || report.path().filter(path -> isThere(path, machine)).isPresent();
    }

    private static boolean isThere(Path path, Machine machine) {
        return machine.platform() == Machine.Platform.WINDOWS || machine.mayBeThere(path);
    }

    private static Check check(
            LibraryReport report, boolean isInstalled, Machine.Platform platform) {
        if (platform == Machine.Platform.OTHER) {
            return SUBJECT.notApplicable("SQL Server does not run on this system.");
        }
        String found = report.finding() + details(report);
        if (report.usable()) {
            return SUBJECT.ok(found);
        }
        return isInstalled
                ? SUBJECT.failed(found, report.remedies())
                : SUBJECT.warning(
                        found + " Without it Sluice reaches its embedded server only.",
                        report.remedies());
    }

    /** JNA unpacks its own native part into a folder and loads it from there. */
    private static Check withoutJna(LinkageError failure, Machine.Platform platform) {
        return SUBJECT.failed(
                "JNA, which calls it, cannot load its own native part: %s."
                        .formatted(failure.getMessage()),
                List.of(
                        platform == Machine.Platform.WINDOWS
                                ? "set JAVA_TOOL_OPTIONS=-Djna.tmpdir=%LOCALAPPDATA%"
                                : "export JAVA_TOOL_OPTIONS=-Djna.tmpdir=/var/tmp",
                        "or name another folder whose files may be executed; then start Sluice"
                                + " again"));
    }

    private static String details(LibraryReport report) {
        StringBuilder details = new StringBuilder();
        report.version()
                .ifPresent(version -> details.append(" Version ").append(version).append('.'));
        report.libraryBits()
                .ifPresent(
                        bits ->
                                details.append(
                                        " The library has %d bits, this process %d."
                                                .formatted(bits, report.processBits())));
        return details.toString();
    }
}
