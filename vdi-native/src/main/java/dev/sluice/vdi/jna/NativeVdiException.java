package dev.sluice.vdi.jna;

/** SQL Server's VDI library cannot be used on this machine. The message says why and what to do. */
public final class NativeVdiException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient LibraryReport report;

    /**
     * @param report a report on a library that is not usable
     */
    public NativeVdiException(LibraryReport report) {
        super(
                report.remedies().isEmpty()
                        ? report.finding()
                        : report.finding() + " To do: " + String.join("; ", report.remedies()));
        this.report = report;
    }

    /** The report behind the message. */
    public LibraryReport report() {
        return report;
    }
}
