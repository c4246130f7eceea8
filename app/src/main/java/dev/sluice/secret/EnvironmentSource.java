package dev.sluice.secret;

import dev.sluice.words.Told;

import java.util.Map;

/**
 * A secret in an environment variable that the user named.
 *
 * @param variable the variable's name
 * @param environment all variables
 */
public record EnvironmentSource(String variable, Map<String, String> environment)
        implements SecretSource {

    @Override
    public Secret find(SecretQuestion question) throws SecretException {
        String value = environment.get(variable);
        if (value == null || value.isEmpty()) {
            throw new SecretException(
                    Told.asIs(
                            "the %s was to be in the environment variable %s, which is %s"
                                    .formatted(
                                            question.text(),
                                            variable,
                                            value == null ? "not set" : "empty")),
                    null);
        }
        return new Secret(value.toCharArray());
    }

    /** The variable alone: the others' values are nobody's business. */
    @Override
    public String toString() {
        return "environment variable " + variable;
    }
}
