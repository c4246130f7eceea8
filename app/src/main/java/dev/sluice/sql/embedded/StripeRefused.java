package dev.sluice.sql.embedded;

import java.io.IOException;

/** Carries a statement's error out of the reader of the format. */
final class StripeRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final StatementException reason;

    StripeRefused(StatementException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    StatementException reason() {
        return reason;
    }
}
