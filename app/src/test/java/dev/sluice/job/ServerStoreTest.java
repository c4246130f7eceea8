package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.files.FileNames;
import dev.sluice.sql.mssql.ConnectionSettings;
import dev.sluice.sql.mssql.Encryption;
import dev.sluice.sql.mssql.Fingerprint;
import dev.sluice.sql.mssql.Login;
import dev.sluice.sql.mssql.LoginKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ServerStoreTest {

    private static final Login SA = new Login(LoginKind.SQL, "sa");
    private static final ConnectionSettings PLAIN =
            new ConnectionSettings("sql01", 0, null, Encryption.MANDATORY, null, null, SA);

    private final Path folder;
    private final ServerStore store;

    ServerStoreTest(@TempDir Path home) {
        this.folder = home.resolve("config/servers");
        this.store = new ServerStore(folder);
    }

    private static ServerDefinition server(String name) {
        return new ServerDefinition(name, PLAIN, SecretPolicy.STORE);
    }

    private static ServerDefinition strict(String name) {
        ConnectionSettings connection =
                new ConnectionSettings(
                        "10.0.0.7",
                        1434,
                        null,
                        Encryption.STRICT,
                        new Fingerprint("5e0b".repeat(16)),
                        null,
                        new Login(LoginKind.WINDOWS, null));
        return new ServerDefinition(name, connection, SecretPolicy.ASK);
    }

    private static ServerDefinition instance(String name) {
        ConnectionSettings connection =
                new ConnectionSettings(
                        "sql02",
                        0,
                        "PROD$1",
                        Encryption.MANDATORY,
                        null,
                        "sql02.corp.example",
                        new Login(LoginKind.KERBEROS, "backup@CORP.EXAMPLE"));
        return new ServerDefinition(name, connection, SecretPolicy.ASK);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void givesBackWhatItWasGiven() throws Exception {
        store.save(server("prod"), false);
        store.save(strict("Strict one"), false);
        store.save(instance("instance"), false);

        assertThat(store.load("prod")).isEqualTo(server("prod"));
        assertThat(store.list().problems()).isEmpty();
        assertThat(store.list().found())
                .containsExactly(instance("instance"), server("prod"), strict("Strict one"));
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryKindOfLogin(LoginKind kind) throws Exception {
        boolean named = kind != LoginKind.WINDOWS && kind != LoginKind.ENTRA_TOKEN;
        Login login = new Login(kind, named ? "wer'\"[]🔑" : null);
        ConnectionSettings connection =
                new ConnectionSettings("h", 1, null, Encryption.STRICT, null, null, login);
        ServerDefinition server = new ServerDefinition("any", connection, SecretPolicy.ASK);

        store.save(server, false);

        assertThat(store.load("any")).isEqualTo(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc/passwd", "..", "a/b", "a\\b", "CON", "x:y|z?", "Главный", "🔑"})
    void keepsAnyNameInsideItsFolder(String name) throws Exception {
        store.save(server(name), false);
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst().getFileName().toString()).matches("[a-z0-9-]+\\.json");
        assertThat(store.load(name)).isEqualTo(server(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "embedded", "Embedded"})
    void refusesNamesThatCannotBeShownOrAreTaken(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server(name))
                .withMessageContaining("name");
    }

    @Test
    void keepsNoSecretWhereThereIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stored(new Login(LoginKind.WINDOWS, null)))
                .withMessageContaining("login kind windows has no secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stored(new Login(LoginKind.KERBEROS, null)))
                .withMessageContaining("no secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stored(new Login(LoginKind.ENTRA_TOKEN, null)))
                .withMessageContaining("not kept");
        assertThat(stored(new Login(LoginKind.ENTRA_SERVICE_PRINCIPAL, "id")).secret())
                .isEqualTo(SecretPolicy.STORE);
    }

    private static ServerDefinition stored(Login login) {
        ConnectionSettings connection =
                new ConnectionSettings("h", 0, null, Encryption.STRICT, null, null, login);
        return new ServerDefinition("any", connection, SecretPolicy.STORE);
    }

    @Test
    void saysWhoseSecretIsWanted() {
        assertThat(server("prod").question().key()).isEqualTo("server/prod");
        assertThat(server("prod").question().text().english())
                .isEqualTo("password of \"sa\" on server \"prod\"");
    }

    @Test
    void replacesAndRemovesOnlyWhenAllowed() throws Exception {
        store.save(server("prod"), false);
        assertThatThrownBy(() -> store.save(strict("prod"), false))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining("there is a server \"prod\" already");
        store.save(strict("prod"), true);
        assertThat(store.load("prod")).isEqualTo(strict("prod"));
        assertThat(files()).hasSize(1);

        assertThatThrownBy(() -> store.delete("prd"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("there is no server \"prd\"; did you mean \"prod\"?");
        store.delete("prod");
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsFieldsItDoesNotKnow() throws Exception {
        store.save(server("prod"), false);
        edit("\"kind\" : \"sql\"", "\"kind\" : \"sql\", \"colour\" : {\"r\" : 1}");
        edit("\"host\"", "\"notes\" : [1, 2], \"host\"");

        store.save(strict("prod"), true);

        assertThat(Files.readString(files().getFirst()))
                .contains("\"colour\"", "\"r\" : 1", "\"notes\" : [ 1, 2 ]");
    }

    @Test
    void refusesAServerOfANewerVersion() throws Exception {
        store.save(server("prod"), false);
        edit("\"schemaVersion\" : 1", "\"schemaVersion\" : 2");
        assertThatThrownBy(() -> store.load("prod"))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContainingAll("the server in", "newer version", "schema 2");
        assertThatThrownBy(() -> store.save(server("prod"), true))
                .isInstanceOf(SavedFileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "\"host\" : \"sql01\" > \"host\" : \"a;b\"",
                "\"port\" : 0 > \"port\" : 65536",
                "\"port\" : 0 > \"port\" : \"1433\"",
                "\"encryption\" : \"mandatory\" > \"encryption\" : \"optional\"",
                "\"trustedCertificate\" : null > \"trustedCertificate\" : \"any\"",
                "\"user\" : \"sa\" > \"user\" : null",
                "\"kind\" : \"sql\" > \"kind\" : \"ntlm\"",
                "\"secret\" : \"store\" > \"secret\" : \"always\"",
                "\"name\" : \"prod\" > \"name\" : \"embedded\"",
                "\"login\" > \"logout\"",
            })
    void saysWhatIsWrongWithADamagedFile(String from, String to) throws Exception {
        store.save(server("prod"), false);
        store.save(server("test"), false);
        Path file = folder.resolve(FileNames.of("prod", ".json"));
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));

        assertThatThrownBy(() -> store.load("prod"))
                .isInstanceOf(SavedFileException.class)
                .hasMessageContaining(file.toString());
        assertThat(store.list().found()).containsExactly(server("test"));
        store.delete("prod");
        assertThat(store.list().problems()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void letsNobodyElseRead() throws Exception {
        store.save(server("prod"), false);
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(files().getFirst())).isEqualTo("rw-------");
    }

    @Test
    void manyWritersLeaveOneWholeFile() throws Exception {
        List<Integer> ports = IntStream.rangeClosed(1, 8).boxed().toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(ports.size())) {
            List<Callable<Integer>> writers =
                    ports.stream().<Callable<Integer>>map(port -> () -> saveOften(port)).toList();
            for (Future<Integer> found : threads.invokeAll(writers)) {
                assertThat(ports).contains(found.get());
            }
        }
        assertThat(files()).hasSize(1);
    }

    /** The port found last: one of the writers'. Each has a store of its own, like a process. */
    private int saveOften(int port) throws IOException {
        ServerStore mine = new ServerStore(folder);
        ConnectionSettings connection =
                new ConnectionSettings("h", port, null, Encryption.STRICT, null, null, SA);
        int found = 0;
        for (int i = 0; i < 20; i++) {
            mine.save(new ServerDefinition("prod", connection, SecretPolicy.ASK), true);
            found = mine.load("prod").connection().port();
        }
        return found;
    }

    private void edit(String from, String to) throws IOException {
        Path file = files().getFirst();
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
