package dev.sluice.secret;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

/**
 * Where the user's secrets outlive the process: a facility of the platform that protects them with
 * the user's login. Safe from any thread; may wait for the user to unlock it.
 */
public interface SecretStore {

    /** What people call it, such as {@code the Secret Service}; fits into a sentence. */
    Told title();

    /** Why it cannot be used here, as a sentence with what to do; null when it can. */
    @Nullable Told obstacle();

    /**
     * Looks a secret up.
     *
     * @param key what it was kept under, such as {@code server/production}
     * @return the secret, which the caller closes; or null when there is none
     * @throws SecretException when the store cannot be used or stays locked
     */
    @Nullable Secret find(String key) throws SecretException;

    /**
     * Keeps a secret under a key, instead of the one that was there.
     *
     * @param secret stays the caller's
     * @throws SecretException when the store cannot be used or stays locked; it has the old one
     *     then
     */
    void keep(String key, Secret secret) throws SecretException;

    /**
     * Removes a secret.
     *
     * @return whether there was one
     * @throws SecretException when the store cannot be used or stays locked
     */
    boolean remove(String key) throws SecretException;
}
