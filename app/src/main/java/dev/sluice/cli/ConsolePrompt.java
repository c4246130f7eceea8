package dev.sluice.cli;

import dev.sluice.secret.Secret;
import dev.sluice.secret.SecretException;
import dev.sluice.secret.SecretQuestion;
import dev.sluice.secret.SecretSource;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.util.Locale;

/** Asks at the terminal, without echo; has no answer where there is no terminal. */
final class ConsolePrompt implements SecretSource {

    // Java 25 went back to answering null when input or output is no terminal
    @SuppressWarnings("SystemConsoleNull")
    @Override
    public @Nullable Secret find(SecretQuestion question) throws SecretException {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return null;
        }
        char[] typed = console.readPassword("%s: ", sentence(question.text().english()));
        if (typed == null || typed.length == 0) {
            throw new SecretException(
                    Told.asIs("no %s was typed".formatted(question.text())), null);
        }
        return new Secret(typed);
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
