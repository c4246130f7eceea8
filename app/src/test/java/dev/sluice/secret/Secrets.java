package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.stream.Stream;

/** Secrets of every kind, for tests. */
final class Secrets {

    static final SecretQuestion QUESTION =
            new SecretQuestion("server/prod", "password of \"sa\" on server \"prod\"", true);

    private Secrets() {}

    /** With quotes, line ends, emoji, 128 characters, and as long as a token. */
    static Stream<String> all() {
        return Stream.of(
                "x",
                " blanks at both ends ",
                "it's \"quoted\"; {braced}} [bracketed]] \\ %s $HOME `x`",
                "пароль-密码-🔑👩‍👩‍👧",
                "a\nb\r\nc\tand \u0001",
                "é".repeat(64) + "🔑".repeat(32),
                "P@ss".repeat(32),
                "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.".repeat(100));
    }

    static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }

    /** What a secret is; it is closed. */
    static String text(@Nullable Secret secret) {
        try (Secret found = Objects.requireNonNull(secret, "there is no secret")) {
            return new String(found.characters());
        }
    }
}
