package dev.sluice.secret;

import static dev.sluice.secret.Secrets.QUESTION;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.words.Told;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SecretSourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2 ss", "hunter2 ss\n", "hunter2 ss\r\n", "hunter2 ss\nsecond line\n"})
    void aLineOfStandardInputIsASecret(String input) throws Exception {
        assertThat(Secrets.text(input(input, StandardCharsets.UTF_8).find(QUESTION)))
                .isEqualTo("hunter2 ss");
    }

    @Test
    void standardInputHasTheCharactersOfItsEncoding() throws Exception {
        assertThat(Secrets.text(input("hunter2 ü🔑'\"\n", StandardCharsets.UTF_8).find(QUESTION)))
                .isEqualTo("hunter2 ü🔑'\"");
        assertThat(Secrets.text(input("hunter2 ü\n", StandardCharsets.ISO_8859_1).find(QUESTION)))
                .isEqualTo("hunter2 ü");
    }

    @Test
    void noMoreThanTheLineIsRead() throws Exception {
        InputStream both =
                new ByteArrayInputStream(
                        "hunter2 one\nhunter2 two\n".getBytes(StandardCharsets.UTF_8));
        SecretSource source = new InputSource(both, StandardCharsets.UTF_8);

        assertThat(Secrets.text(source.find(QUESTION))).isEqualTo("hunter2 one");
        assertThat(Secrets.text(source.find(QUESTION))).isEqualTo("hunter2 two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void anEmptyStandardInputIsToldApart(String input) {
        assertThatThrownBy(() -> input(input, StandardCharsets.UTF_8).find(QUESTION))
                .isInstanceOf(SecretException.class)
                .hasMessageContainingAll("password of \"sa\"", "standard input", "empty");
    }

    @Test
    void whatIsNoTextIsRefusedWithoutShowingIt() {
        byte[] latin = "hunter2ü\n".getBytes(StandardCharsets.ISO_8859_1);
        SecretSource source =
                new InputSource(new ByteArrayInputStream(latin), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> source.find(QUESTION))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("no text in UTF-8")
                .hasMessageNotContaining("hunter");
        assertThatThrownBy(
                        () ->
                                input("hunter2" + "x".repeat(70_000), StandardCharsets.UTF_8)
                                        .find(QUESTION))
                .hasMessageContaining("longer than any secret")
                .hasMessageNotContaining("hunter")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void aBrokenStandardInputIsNamed() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the pipe broke");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return read();
                    }
                };
        assertThatThrownBy(() -> new InputSource(broken, StandardCharsets.UTF_8).find(QUESTION))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("the pipe broke");
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.secret.Secrets#all")
    void anEnvironmentVariableIsASecret(String text) throws Exception {
        SecretSource source = new EnvironmentSource("PROD_PW", Map.of("PROD_PW", text));

        assertThat(Secrets.text(source.find(QUESTION))).isEqualTo(text);
        assertThat(source.toString()).isEqualTo("environment variable PROD_PW");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThatThrownBy(() -> new EnvironmentSource("PROD_PW", Map.of()).find(QUESTION))
                .hasMessageContainingAll("password of \"sa\"", "PROD_PW", "not set");
        assertThatThrownBy(() -> new EnvironmentSource("PW", Map.of("PW", "")).find(QUESTION))
                .hasMessageContaining("empty");
    }

    @Test
    void theNextSourceIsAskedOnlyWhereTheFirstHasNone() throws Exception {
        SecretSource none = _ -> null;
        SecretSource one = _ -> Secrets.secret("hunter2 one");
        SecretSource never =
                _ -> {
                    throw new AssertionError("asked");
                };
        assertThat(Secrets.text(none.or(one).or(never).find(QUESTION))).isEqualTo("hunter2 one");
        assertThat(none.or(none).find(QUESTION)).isNull();
    }

    @Test
    void asksOnceForEachSecret() throws Exception {
        List<String> asked = new ArrayList<>();
        SecretSource source =
                question -> {
                    asked.add(question.key());
                    return Secrets.secret("hunter2 answer " + asked.size());
                };
        SecretQuestion other = new SecretQuestion("server/test", Told.asIs("another"), true);
        RememberedSecrets remembered = new RememberedSecrets(source);

        assertThat(Secrets.text(remembered.find(QUESTION))).isEqualTo("hunter2 answer 1");
        assertThat(Secrets.text(remembered.find(other))).isEqualTo("hunter2 answer 2");
        assertThat(Secrets.text(remembered.find(QUESTION))).isEqualTo("hunter2 answer 1");
        assertThat(asked).containsExactly("server/prod", "server/test");

        remembered.forget("server/prod");
        assertThat(Secrets.text(remembered.find(QUESTION))).isEqualTo("hunter2 answer 3");
        assertThat(Secrets.text(remembered.find(other))).isEqualTo("hunter2 answer 2");
    }

    @Test
    void whatIsRememberedIsWipedAtTheEnd() throws Exception {
        Secret answer = Secrets.secret("hunter2");
        RememberedSecrets remembered = new RememberedSecrets(_ -> answer);
        Secret given = remembered.find(QUESTION);

        remembered.close();

        assertThatThrownBy(answer::characters).isInstanceOf(IllegalStateException.class);
        assertThat(Secrets.text(given)).isEqualTo("hunter2");
    }

    @Test
    void aMachineWithoutAStoreSaysWhy() throws Exception {
        SecretStore none = new NoStore(Told.asIs("there is none. Have it asked for."));

        assertThat(SecretSource.of(none).find(QUESTION)).isNull();
        assertThat(none.remove(QUESTION.key())).isFalse();
        try (Secret secret = Secrets.secret("hunter2")) {
            assertThatThrownBy(() -> none.keep(QUESTION.key(), secret))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContainingAll("server/prod", "there is none")
                    .hasMessageNotContaining("hunter2");
        }
    }

    private static SecretSource input(String text, Charset charset) {
        return new InputSource(new ByteArrayInputStream(text.getBytes(charset)), charset);
    }
}
