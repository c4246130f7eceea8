package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.words.Told;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * SQL Server's own library, without which only the embedded server can be reached.
 *
 * @param check what was found
 * @param isInstalled whether there is a library at all, of whatever use
 */
record NativeLibrary(Check check, boolean isInstalled) {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final Check.Subject SUBJECT =
            new Check.Subject("library", Told.of("check.library"));

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
            return SUBJECT.notApplicable(Told.of("found.library.notHere"));
        }
        Told found = Told.row(Told.of(report.finding()), version(report), bits(report));
        List<Told> remedies = report.remedies().stream().map(Told::of).toList();
        if (report.usable()) {
            return SUBJECT.ok(found);
        }
        return isInstalled
                ? SUBJECT.failed(found, remedies)
                : SUBJECT.warning(Told.row(found, Told.of("found.library.without")), remedies);
    }

    /** JNA unpacks its own native part into a folder and loads it from there. */
    private static Check withoutJna(LinkageError failure, Machine.Platform platform) {
        return SUBJECT.failed(
                Told.of("found.library.noJna", String.valueOf(failure.getMessage())),
                List.of(
                        Told.asIs(
                                platform == Machine.Platform.WINDOWS
                                        ? "set JAVA_TOOL_OPTIONS=-Djna.tmpdir=%LOCALAPPDATA%"
                                        : "export JAVA_TOOL_OPTIONS=-Djna.tmpdir=/var/tmp"),
                        Told.of("fix.otherFolder")));
    }

    private static Told version(LibraryReport report) {
        return report.version()
                .map(version -> Told.of("found.library.version", version))
                .orElse(Told.NOTHING);
    }

    private static Told bits(LibraryReport report) {
        OptionalInt bits = report.libraryBits();
        return bits.isEmpty()
                ? Told.NOTHING
                : Told.of("found.library.bits", bits.getAsInt(), report.processBits());
    }
}
