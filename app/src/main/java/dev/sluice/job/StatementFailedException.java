package dev.sluice.job;

import dev.sluice.words.Told;

/** The statement ended early or badly; its verdict tells why. */
final class StatementFailedException extends JobException {

    private static final long serialVersionUID = 1;

    StatementFailedException() {
        super(Told.of("why.endedEarly"));
    }
}
