package dev.sluice.secret;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.stream.Stream;

/** Secrets of every kind, for tests. */
final class Secrets {

    static final SecretQuestion QUESTION =
            new SecretQuestion("server/prod", Told.of("secret.of", "SQL", "prod", "sa"), true);

    private Secrets() {}

    /**
     * With quotes, line ends, emoji, 128 characters, and as long as a token; each but the shortest
     * with the mark by which a leak is found.
     */
    static Stream<String> all() {
        return Stream.of(
                "x",
                " hunter2 with blanks at both ends ",
                "it's \"hunter2\"; {braced}} [bracketed]] \\ %s $HOME `x`",
                "hunter2-пароль-密码-🔑👩‍👩‍👧",
                "hunter2\nb\r\nc\tand \u0001",
                "é".repeat(61) + "hunter2" + "🔑".repeat(30),
                "P@ss".repeat(30) + "hunter2!",
                "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.hunter2".repeat(100));
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
