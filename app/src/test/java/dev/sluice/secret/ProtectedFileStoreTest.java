package dev.sluice.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.secret.ProtectedFileStore.Protection;
import dev.sluice.words.Told;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

class ProtectedFileStoreTest {

    private static final String KEY = "server/prod";
    private static final String HUNTER = "hunter2-'\"🔑";

    private final Path folder;
    private final ProtectedFileStore store;

    ProtectedFileStoreTest(@TempDir Path home) throws Exception {
        this.folder = home.resolve("config/secrets");
        this.store = new ProtectedFileStore(Told.asIs("the test's protection"), folder, new Aes());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.secret.Secrets#all")
    void givesBackWhatItKept(String text) throws Exception {
        keep(KEY, text);

        assertThat(Secrets.text(store.find(KEY))).isEqualTo(text);
    }

    @Test
    void keepsNoPlainText() throws Exception {
        keep(KEY, "hunter2hunter2");

        assertThat(Files.readString(files().getFirst(), StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
    }

    @Test
    void hasNothingBeforeTheFirst() throws Exception {
        assertThat(store.find(KEY)).isNull();
        assertThat(store.remove(KEY)).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void replacesAndRemoves() throws Exception {
        keep(KEY, "old");
        keep(KEY, HUNTER);
        assertThat(files()).hasSize(1);
        assertThat(Secrets.text(store.find(KEY))).isEqualTo(HUNTER);

        assertThat(store.remove(KEY)).isTrue();
        assertThat(store.find(KEY)).isNull();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server/../../x",
                "server/..",
                "server/a\\b",
                "server/CON",
                "server/ü🔑",
                "/"
            })
    void staysInItsFolderWhateverTheKey(String key) throws Exception {
        keep(key, HUNTER);

        assertThat(files()).hasSize(1);
        assertThat(files().getFirst().getFileName().toString()).matches("[a-z0-9-]+\\.secret");
        assertThat(Secrets.text(store.find(key))).isEqualTo(HUNTER);
    }

    @Test
    void tellsKeysApartThatDifferOnlyInCase() throws Exception {
        keep("server/Prod", "one");
        keep("server/prod", "two");
        assertThat(Secrets.text(store.find("server/Prod"))).isEqualTo("one");
        assertThat(Secrets.text(store.find("server/prod"))).isEqualTo("two");
    }

    @Test
    void refusesAFileThatWasRenamedToAnotherKey() throws Exception {
        keep("server/test", HUNTER);
        Path mine = files().getFirst();
        keep(KEY, "other");
        Path theirs = files().stream().filter(file -> !file.equals(mine)).findFirst().orElseThrow();
        Files.copy(mine, theirs, StandardCopyOption.REPLACE_EXISTING);

        assertUnreadable(theirs);
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        keep(KEY, HUNTER);
        Path file = files().getFirst();
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        assertUnreadable(file);

        Files.write(file, new byte[0]);
        assertUnreadable(file);
    }

    private void assertUnreadable(Path file) {
        assertThatThrownBy(() -> store.find(KEY))
                .isInstanceOf(SecretException.class)
                .hasMessageContainingAll(
                        "the test's protection", KEY, file.toString(), "keep the secret again")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void letsNobodyElseRead() throws Exception {
        keep(KEY, HUNTER);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(files().getFirst())).isEqualTo("rw-------");
    }

    @Test
    void manyWritersLeaveOneWholeSecret() throws Exception {
        List<String> texts =
                IntStream.range(0, 8).mapToObj(writer -> (writer + HUNTER).repeat(200)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(texts.size())) {
            List<Future<String>> writers =
                    threads.invokeAll(
                            texts.stream()
                                    .<Callable<String>>map(text -> () -> keepOften(text))
                                    .toList());
            for (Future<String> writer : writers) {
                assertThat(texts).contains(writer.get());
            }
        }
        assertThat(files()).hasSize(1);
        assertThat(texts).contains(Secrets.text(store.find(KEY)));
    }

    /** What was found last: one of the writers' secrets. */
    private String keepOften(String text) throws SecretException {
        String found = text;
        for (int i = 0; i < 20; i++) {
            keep(KEY, text);
            found = Secrets.text(store.find(KEY));
        }
        return found;
    }

    @Test
    @Tag("windows")
    @EnabledOnOs(OS.WINDOWS)
    void worksWithTheProtectionOfWindows() throws Exception {
        SecretStore real = SecretStores.ofThisMachine(folder, Map.of());
        assertThat(real.obstacle()).isNull();
        for (String text : Secrets.all().toList()) {
            try (Secret secret = Secrets.secret(text)) {
                real.keep(KEY, secret);
            }
            assertThat(Secrets.text(real.find(KEY))).isEqualTo(text);
        }
        assertThat(real.remove(KEY)).isTrue();
    }

    private void keep(String key, String text) throws SecretException {
        try (Secret secret = Secrets.secret(text)) {
            store.keep(key, secret);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Stands for the platform: encrypts with a key that only this process has. */
    private static final class Aes implements Protection {

        private static final int NONCE = 12;

        private final SecretKey key;
        private final SecureRandom random = new SecureRandom();

        Aes() throws GeneralSecurityException {
            key = KeyGenerator.getInstance("AES").generateKey();
        }

        @Override
        public byte[] protect(byte[] plain, byte[] context) throws GeneralSecurityException {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            byte[] both = Arrays.copyOf(nonce, NONCE + cipher.length);
            System.arraycopy(cipher, 0, both, NONCE, cipher.length);
            return both;
        }

        @Override
        public byte[] unprotect(byte[] cipher, byte[] context) throws GeneralSecurityException {
            byte[] nonce = Arrays.copyOf(cipher, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce, context)
                    .doFinal(
                            cipher,
                            Math.min(NONCE, cipher.length),
                            Math.max(0, cipher.length - NONCE));
        }

        private Cipher cipher(int mode, byte[] nonce, byte[] context)
                throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(context);
            return cipher;
        }
    }
}
