package dev.sluice.sql.mssql;

import java.util.Optional;

/** Looks into what an exception was caused by. */
final class Causes {

    private Causes() {}

    /** The first of a kind, from the outermost inwards. */
    static <T> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
