package dev.sluice.media;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A stripe of a set is missing, or is not as long as it was. */
public final class StripeException extends BackupSetException {

    private static final long serialVersionUID = 1;

    /** Says which stripe, and what is wrong with it. */
    public StripeException(Path path, Told told) {
        super(path, told, null);
    }

    @Override
    public boolean isDamage() {
        return true;
    }

    @Override
    public @Nullable Path folder() {
        Path stripe = path();
        return stripe == null ? null : stripe.getParent();
    }
}
