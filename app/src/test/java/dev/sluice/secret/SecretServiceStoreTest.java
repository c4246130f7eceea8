package dev.sluice.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bus.BusParticipant;
import dev.sluice.bus.SessionBus;
import dev.sluice.bus.TestBus;
import dev.sluice.secret.SecretServiceDouble.Item;
import dev.sluice.secret.SecretServiceDouble.User;

import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its sessions have no D-Bus")
@Timeout(60)
class SecretServiceStoreTest {

    private static final String KEY = "server/prod";
    private static final String HUNTER = "hunter2'\"; 🔑";

    @TempDir private Path folder;

    private SecretServiceDouble service;
    private SecretServiceStore store;

    @BeforeEach
    void start() throws Exception {
        service = new SecretServiceDouble(folder);
        store = service.store();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        assertThat(service.failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.secret.Secrets#all")
    void givesBackWhatItKept(String text) throws Exception {
        keep(KEY, text);

        assertThat(service.onlyItem().text()).isEqualTo(text);
        assertThat(Secrets.text(store.find(KEY))).isEqualTo(text);
    }

    @Test
    void hasNothingBeforeTheFirst() throws Exception {
        assertThat(store.obstacle()).isNull();
        assertThat(store.find(KEY)).isNull();
        assertThat(store.remove(KEY)).isFalse();
    }

    @Test
    void replacesAndRemoves() throws Exception {
        keep(KEY, "hunter2 old");
        keep(KEY, HUNTER);
        keep("server/test", "hunter2 other");
        assertThat(service.items).hasSize(2);
        assertThat(Secrets.text(store.find(KEY))).isEqualTo(HUNTER);

        assertThat(store.remove(KEY)).isTrue();
        assertThat(store.find(KEY)).isNull();
        assertThat(Secrets.text(store.find("server/test"))).isEqualTo("hunter2 other");
    }

    @Test
    void showsPeopleWhatItIsAndNotTheSecret() throws Exception {
        keep("server/Ü \" 🔑", HUNTER);

        Item item = service.onlyItem();
        assertThat(item.label()).isEqualTo("Sluice: server/Ü \" 🔑");
        assertThat(item.attributes())
                .isEqualTo(Map.of("application", "Sluice", "key", "server/Ü \" 🔑"));
        assertThat(item.type()).startsWith("text/plain");
    }

    @Test
    void leavesTheBusAfterEachOperation() throws Exception {
        keep(KEY, HUNTER);
        assertThat(store.find(KEY)).isNotNull();
        service.diesAt = "SearchItems";
        assertThatThrownBy(() -> store.find(KEY)).isInstanceOf(SecretException.class);

        try (BusParticipant other = new BusParticipant(service.address())) {
            String names;
            do {
                names = String.valueOf(other.ask("ListNames", null)[0]);
            } while (names.split(":").length - 1 > 1);
            assertThat(names).contains(":");
        }
    }

    @Test
    void hasTheUserUnlockWhatIsLocked() throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        assertThat(Secrets.text(store.find(KEY))).isEqualTo(HUNTER);
        assertThat(service.calls).contains("Prompt");

        service.locked = true;
        keep(KEY, "hunter2 changed");
        assertThat(service.onlyItem().text()).isEqualTo("hunter2 changed");

        service.locked = true;
        assertThat(store.remove(KEY)).isTrue();
        assertThat(service.items).isEmpty();
    }

    @Test
    void saysThatThePromptWasDismissed() throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        service.user = User.DISMISSES;

        assertFails(() -> store.find(KEY), "cannot give back", "its prompt was dismissed");
        assertFails(() -> keep(KEY, "hunter2 changed"), "cannot keep", "its prompt was dismissed");
        assertFails(() -> store.remove(KEY), "cannot remove", "its prompt was dismissed");
        assertThat(service.onlyItem().text()).isEqualTo(HUNTER);
    }

    @Test
    void takesAPromptBackThatNobodyAnswers() throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        service.user = User.IS_AWAY;

        assertFails(() -> store.find(KEY), "nobody answered its prompt within 2 s");
        assertThat(service.calls).contains("Dismiss");
    }

    @Test
    void believesOnlyTheServiceThatAPromptHasEnded() throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        try (BusParticipant somebody = new BusParticipant(service.address())) {
            service.beforePromptEnds =
                    path ->
                            somebody.signal(
                                    path,
                                    "org.freedesktop.Secret.Prompt",
                                    "Completed",
                                    "bv",
                                    true,
                                    new Variant<>(""));
            assertThat(Secrets.text(store.find(KEY))).isEqualTo(HUNTER);
        }
    }

    @Test
    void makesACollectionWhereTheUserHasNone() throws Exception {
        service.hasCollection = false;
        keep(KEY, HUNTER);
        assertThat(service.calls).contains("CreateCollection", "Prompt");
        assertThat(Secrets.text(store.find(KEY))).isEqualTo(HUNTER);

        service.hasCollection = false;
        service.user = User.DISMISSES;
        assertFails(() -> keep(KEY, HUNTER), "its prompt was dismissed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SearchItems", "Unlock", "Prompt", "OpenSession", "GetSecret"})
    void noticesThatTheServiceDies(String method) throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        service.diesAt = method;

        assertFails(() -> store.find(KEY), "org.freedesktop.secrets ended before it answered");
        assertFails(() -> store.find(KEY), "nothing has the name org.freedesktop.secrets");
        assertThat(String.valueOf(store.obstacle()))
                .contains("nothing on the bus", "GNOME Keyring");
    }

    @Test
    void noticesThatTheServiceDiesBehindAPrompt() throws Exception {
        keep(KEY, HUNTER);
        service.locked = true;
        service.user = User.IS_AWAY;
        service.beforePromptEnds = _ -> service.leave();

        assertFails(() -> store.find(KEY), "ended before it answered the prompt");
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        service.silentAt = "SearchItems";

        assertFails(
                () -> store.find(KEY),
                "org.freedesktop.secrets does not answer SearchItems",
                "2 s");
    }

    @Test
    void canBeInterrupted() throws Exception {
        service.silentAt = "SearchItems";
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> store.find(KEY))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("it was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadAlias", "Unlock", "OpenSession", "CreateItem"})
    void refusesAnswersThatAreNotOfTheProtocol(String method) {
        service.wrongAt = method;

        assertFails(() -> keep(KEY, HUNTER), method + " with values of types u");
    }

    @Test
    void sendsNoSecretThatIsNotEncrypted() {
        service.encrypts = false;

        assertFails(() -> keep(KEY, HUNTER), "OpenSession", "NotSupported");
        assertThat(service.calls).doesNotContain("CreateItem");
    }

    @Test
    void saysThatThereIsNoService() throws Exception {
        String address = "unix:path=" + folder.resolve("other");
        try (EmbeddedDBusDaemon _ = TestBus.start(address)) {
            SecretStore none = store(address);

            assertThat(String.valueOf(none.obstacle()))
                    .contains("nothing on the bus of this session keeps secrets", "KeePassXC");
            assertFails(() -> none.find(KEY), "nothing has the name org.freedesktop.secrets");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:path=/no/such/bus", "unix:abstract=/no/such", "nonsense", ":"})
    void saysThatThereIsNoBus(String address) {
        SecretStore none = store(address);

        assertThat(String.valueOf(none.obstacle()))
                .contains("there is no session bus at " + address);
        assertFails(() -> none.find(KEY), "there is no session bus at " + address);
    }

    private static SecretStore store(String address) {
        Duration patience = Duration.ofSeconds(2);
        return new SecretServiceStore(new SessionBus(address, patience, patience));
    }

    @Test
    void findsTheBusOfTheSession() throws Exception {
        assertThat(SessionBus.of(Map.of())).isEmpty();
        assertThat(SessionBus.of(Map.of("XDG_RUNTIME_DIR", "/no/such"))).isEmpty();
        assertThat(address("XDG_RUNTIME_DIR", folder.toString()))
                .isEqualTo("unix:path=" + folder.resolve("bus"));
        assertThat(address("DBUS_SESSION_BUS_ADDRESS", "unix:path=/a,guid=1"))
                .isEqualTo("unix:path=/a,guid=1");
        assertThat(address("DBUS_SESSION_BUS_ADDRESS", "unix:abstract=/a;unix:path=/b"))
                .isEqualTo("unix:path=/b");
        assertThat(Files.exists(folder.resolve("bus"))).isTrue();
    }

    private static String address(String variable, String value) {
        return SessionBus.of(Map.of(variable, value)).orElseThrow().address();
    }

    @Test
    void agreesOnTheSameKeyAsTheServiceAlsoWhenANumberIsShort() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DH");
        generator.initialize(new DHParameterSpec(TransferSession.PRIME, BigInteger.TWO));
        KeyPair mine = generator.generateKeyPair();
        BigInteger number = ((DHPublicKey) mine.getPublic()).getY();
        Random random = new Random(1);
        boolean shortOne = false;
        for (int i = 0; i < 5_000 && !shortOne; i++) {
            TransferKey theirs = new TransferKey(number, random);
            assertThat(TransferSession.key(mine, theirs.mine()).getEncoded())
                    .isEqualTo(theirs.key());
            shortOne = theirs.sharedIsShort();
        }
        assertThat(shortOne).isTrue();
    }

    private void keep(String key, String text) throws SecretException {
        try (Secret secret = Secrets.secret(text)) {
            store.keep(key, secret);
        }
    }

    /** A step of a test. */
    private interface Step {
        void run() throws Exception;
    }

    private static void assertFails(Step step, String... words) {
        assertThatThrownBy(step::run)
                .isInstanceOf(SecretException.class)
                .hasMessageContainingAll(words)
                .hasMessageContainingAll(
                        "the Secret Service", KEY, "have the secret asked for each time")
                .hasMessageNotContaining("hunter2");
    }
}
