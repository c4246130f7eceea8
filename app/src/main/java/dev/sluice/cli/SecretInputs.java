package dev.sluice.cli;

import dev.sluice.secret.EnvironmentSource;
import dev.sluice.secret.InputSource;
import dev.sluice.secret.SecretSource;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Where people and scripts give secrets to a command.
 *
 * @param standardInput for the first line of it
 * @param charset what standard input is written in
 * @param environment for a variable of it
 * @param prompt for a person at a terminal
 */
public record SecretInputs(
        InputStream standardInput,
        Charset charset,
        Map<String, String> environment,
        SecretSource prompt) {

    /** Those of this process. */
    public static SecretInputs ofProcess(Map<String, String> environment) {
        Charset charset =
                Charset.forName(
                        System.getProperty("stdin.encoding", Charset.defaultCharset().name()));
        return new SecretInputs(System.in, charset, environment, new ConsolePrompt());
    }

    SecretSource line() {
        return new InputSource(standardInput, charset);
    }

    SecretSource variable(String name) {
        return new EnvironmentSource(name, environment);
    }

    /** Not the variables' values. */
    @Override
    public String toString() {
        return "standard input, the environment and the terminal";
    }
}
