package dev.sluice.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String HUNTER = "hunter2";

    @Test
    void isWipedWhenClosed() {
        char[] characters = HUNTER.toCharArray();
        Secret secret = new Secret(characters);
        Secret copy = secret.copy();

        secret.close();
        secret.close();

        assertThat(characters).containsOnly('\0');
        assertThatIllegalStateException().isThrownBy(secret::characters);
        assertThatIllegalStateException().isThrownBy(secret::utf8);
        assertThat(Secrets.text(copy)).isEqualTo(HUNTER);
    }

    @Test
    void saysNothingOfItself() {
        try (Secret secret = Secrets.secret(HUNTER);
                Secret same = Secrets.secret(HUNTER)) {
            assertThat(secret.toString()).isEqualTo("a secret");
            assertThat(secret).isNotEqualTo(same);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.secret.Secrets#all")
    void survivesItsBytes(String text) throws Exception {
        try (Secret secret = Secrets.secret(text)) {
            assertThat(Secrets.text(Secret.ofUtf8(secret.utf8()))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\uD83D", "\uDD11b", "\uDD11\uD83D"})
    void refusesWhatIsNoText(String text) {
        char[] characters = text.toCharArray();
        assertThatIllegalArgumentException().isThrownBy(() -> new Secret(characters));
        assertThat(characters).doesNotContain('a', 'b');
    }
}
