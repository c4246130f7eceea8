package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;

import java.nio.file.Path;

/** SQL Server's own library, without which only the embedded server can be reached. */
final class NativeLibrary {

    private final Machine machine;
    private final LibraryReport report;

    NativeLibrary(Machine machine) {
        this.machine = machine;
        this.report = machine.library();
    }

    /** Whether there is a library at all, of whatever use. */
    boolean isInstalled() {
        return report.usable() || report.path().filter(this::isInstalled).isPresent();
    }

    private boolean isInstalled(Path path) {
        // on Windows a path is a registration, on Linux it is where the library is expected
        return machine.platform() == Machine.Platform.WINDOWS || machine.mayBeThere(path);
    }

    Check check() {
        Check.Subject subject = new Check.Subject("library", "Library of SQL Server");
        if (machine.platform() == Machine.Platform.OTHER) {
            return subject.notApplicable("SQL Server does not run on this system.");
        }
        String found = report.finding() + details();
        if (report.usable()) {
            return subject.ok(found);
        }
        return isInstalled()
                ? subject.failed(found, report.remedies())
                : subject.warning(
                        found + " Without it Sluice reaches its embedded server only.",
                        report.remedies());
    }

    private String details() {
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
