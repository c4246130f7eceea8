package dev.sluice.secret;

import dev.sluice.words.Told;

/**
 * Which secret is wanted.
 *
 * @param key what it is kept under in a store, such as {@code server/production}
 * @param text what it is, for people, such as {@code password of "sa" on server "production"}
 * @param stored whether a store may answer
 */
public record SecretQuestion(String key, Told text, boolean stored) {

    /** The same question, to be answered by people and not by a store. */
    public SecretQuestion afresh() {
        return new SecretQuestion(key, text, false);
    }
}
