package dev.sluice.vdi.jna;

import dev.sluice.vdi.words.Said;

/** SQL Server's VDI library cannot be used on this machine. The message says why and what to do. */
public final class NativeVdiException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient LibraryReport report;

    /**
     * @param report a report on a library that is not usable
     */
    public NativeVdiException(LibraryReport report) {
        super(said(report).toString());
        this.report = report;
    }

    private static Said said(LibraryReport report) {
        return report.remedies().isEmpty()
                ? report.finding()
                : Said.of("sqlvdi.toDo", report.finding(), Said.all(report.remedies()));
    }

    /** The message, to be said in any language. */
    public Said said() {
        return said(report);
    }

    /** The report behind the message. */
    public LibraryReport report() {
        return report;
    }
}
