package dev.sluice.vdi.jna.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

@Tag("windows")
@EnabledOnOs(OS.WINDOWS)
class DataProtectionTest {

    private static final byte[] PLAIN = "pass'word \"ü\" 🔑".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = {1, 2, 3};

    @Test
    void givesBackWhatItProtected() throws Exception {
        byte[] cipher = DataProtection.protect(PLAIN, CONTEXT);

        assertThat(DataProtection.unprotect(cipher, CONTEXT)).isEqualTo(PLAIN);
        assertThat(new String(cipher, StandardCharsets.ISO_8859_1)).doesNotContain("pass");
    }

    @Test
    void refusesAnotherContextAndDamage() throws Exception {
        byte[] cipher = DataProtection.protect(PLAIN, CONTEXT);

        assertThatThrownBy(() -> DataProtection.unprotect(cipher, new byte[] {4}))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("CryptUnprotectData: 0x8007");

        cipher[cipher.length - 1] ^= 1;
        assertThatThrownBy(() -> DataProtection.unprotect(cipher, CONTEXT))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
