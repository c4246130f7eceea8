package dev.sluice.secret;

/**
 * Which secret is wanted.
 *
 * @param key what it is kept under in a store, such as {@code server/production}
 * @param text what it is, for people, such as {@code password of "sa" on server "production"}
 */
public record SecretQuestion(String key, String text) {}
