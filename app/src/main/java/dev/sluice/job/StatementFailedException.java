package dev.sluice.job;

/** The statement ended early or badly; its verdict tells why. */
final class StatementFailedException extends JobException {

    private static final long serialVersionUID = 1;

    StatementFailedException() {
        super("the statement ended before its work was done");
    }
}
