package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

/** Where secrets come from: a prompt, standard input, an environment variable, a store. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Looks a secret up, or asks for it.
     *
     * @return the secret, which the caller closes; null when this source has none, so that the next
     *     may be asked
     * @throws SecretException when the source should have it and cannot give it
     */
    @Nullable Secret find(SecretQuestion question) throws SecretException;

    /** This source, and the other where this one has no answer. */
    default SecretSource or(SecretSource other) {
        return question -> {
            Secret secret = find(question);
            return secret == null ? other.find(question) : secret;
        };
    }

    /** What the store has, where it may be asked. */
    static SecretSource of(SecretStore store) {
        return question -> question.stored() ? store.find(question.key()) : null;
    }
}
