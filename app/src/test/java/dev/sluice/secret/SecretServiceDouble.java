package dev.sluice.secret;

import dev.sluice.bus.TestService;

import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A Secret Service of our own on a bus of its own: the real protocol, with a key agreement and a
 * cipher of its own, and as strict as it allows. It has one collection.
 */
final class SecretServiceDouble extends TestService {

    /** How its user answers prompts. */
    enum User {
        ACCEPTS,
        DISMISSES,
        IS_AWAY
    }

    /** A secret as the service has it. */
    record Item(Map<?, ?> attributes, String label, String text, String type) {}

    private static final String NAME = "org.freedesktop.secrets";
    private static final String ROOT = "/org/freedesktop/secrets";
    private static final String COLLECTION = ROOT + "/collection/login";
    private static final String API = "org.freedesktop.Secret.";
    private static final String LOCKED = API + "Error.IsLocked";
    private static final DBusPath NONE = new DBusPath("/");

    /** What the service is asked for, in order. */
    final Queue<String> calls = new ConcurrentLinkedQueue<>();

    final Map<String, Item> items = new ConcurrentHashMap<>();

    volatile boolean hasCollection = true;
    volatile boolean locked;
    volatile User user = User.ACCEPTS;

    /** The method at which it dies, or says nothing, or answers with a number; null for none. */
    volatile @Nullable String diesAt;

    volatile @Nullable String silentAt;
    volatile @Nullable String wrongAt;

    /** Whether it knows the encrypted transfer. */
    volatile boolean encrypts = true;

    /** What it does before it ends a prompt. */
    volatile Action beforePromptEnds = _ -> {};

    /** Something done with the path of a prompt. */
    interface Action {
        void on(String path) throws Exception;
    }

    /** Touched by the service's thread only. */
    private final Map<String, TransferKey> sessions = new HashMap<>();

    private final Map<String, Action> prompts = new LinkedHashMap<>();
    private int objects;

    SecretServiceDouble(Path folder) throws DBusException, IOException {
        super(folder, NAME);
        start();
    }

    /** The store under test. */
    SecretServiceStore store() {
        return new SecretServiceStore(sessionBus());
    }

    Item onlyItem() {
        return items.values().iterator().next();
    }

    @Override
    protected void serve(MethodCall call) throws Exception {
        calls.add(call.getName());
        if (call.getName().equals(diesAt)) {
            leave();
        } else if (call.getName().equals(wrongAt)) {
            bus.answer(call, "u", new UInt32(7));
        } else if (!call.getName().equals(silentAt)) {
            carryOut(call);
        }
    }

    private void carryOut(MethodCall call) throws Exception {
        Object[] given = call.getParameters();
        switch (call.getInterface() + " " + call.getName()) {
            case API + "Service OpenSession" -> openSession(call, given);
            case API + "Service SearchItems" -> search(call, (Map<?, ?>) given[0]);
            case API + "Service ReadAlias" ->
                    bus.answer(call, "o", hasCollection ? new DBusPath(COLLECTION) : NONE);
            case API + "Service CreateCollection" -> createCollection(call);
            case API + "Service Unlock" -> unlock(call, (List<?>) given[0]);
            case API + "Collection CreateItem" -> createItem(call, given);
            case API + "Item GetSecret" -> getSecret(call, given[0].toString());
            case API + "Item Delete" -> delete(call);
            case API + "Prompt Prompt" -> prompt(call);
            case API + "Prompt Dismiss" -> dismiss(call);
            default -> bus.refuse(call, "org.freedesktop.DBus.Error.UnknownMethod");
        }
    }

    private void openSession(MethodCall call, Object[] given) throws Exception {
        if (!encrypts || !given[0].equals("dh-ietf1024-sha256-aes128-cbc-pkcs7")) {
            bus.refuse(call, "org.freedesktop.DBus.Error.NotSupported");
            return;
        }
        TransferKey key =
                new TransferKey(
                        new BigInteger(1, TransferKey.bytes(((Variant<?>) given[1]).getValue())));
        String path = newPath("/session/s");
        sessions.put(path, key);
        bus.answer(call, "vo", new Variant<>(key.mine().toByteArray(), "ay"), new DBusPath(path));
    }

    private void search(MethodCall call, Map<?, ?> attributes) throws Exception {
        List<DBusPath> found =
                items.entrySet().stream()
                        .filter(
                                item ->
                                        item.getValue()
                                                .attributes()
                                                .entrySet()
                                                .containsAll(attributes.entrySet()))
                        .map(item -> new DBusPath(item.getKey()))
                        .toList();
        bus.answer(call, "aoao", locked ? List.of() : found, locked ? found : List.of());
    }

    private void createCollection(MethodCall call) throws Exception {
        DBusPath prompt =
                newPrompt(
                        path -> {
                            hasCollection = true;
                            end(path, new Variant<>(new DBusPath(COLLECTION)));
                        });
        bus.answer(call, "oo", NONE, prompt);
    }

    private void unlock(MethodCall call, List<?> objects) throws Exception {
        if (!locked) {
            bus.answer(call, "aoo", objects, NONE);
            return;
        }
        DBusPath prompt =
                newPrompt(
                        path -> {
                            locked = false;
                            end(path, new Variant<>(objects, "ao"));
                        });
        bus.answer(call, "aoo", List.of(), prompt);
    }

    private void createItem(MethodCall call, Object[] given) throws Exception {
        if (locked) {
            bus.refuse(call, LOCKED);
            return;
        }
        Map<?, ?> properties = (Map<?, ?>) given[0];
        Object[] secret = (Object[]) given[1];
        Map<?, ?> attributes = (Map<?, ?>) property(properties, "Item.Attributes");
        boolean replace = (Boolean) given[2];
        if (replace) {
            items.values().removeIf(item -> item.attributes().equals(attributes));
        }
        String path = newPath("/collection/login/");
        items.put(
                path,
                new Item(
                        attributes,
                        (String) property(properties, "Item.Label"),
                        new String(
                                key(secret[0].toString()).decrypt(secret), StandardCharsets.UTF_8),
                        (String) secret[3]));
        bus.answer(call, "oo", new DBusPath(path), NONE);
    }

    private static Object property(Map<?, ?> properties, String name) {
        Variant<?> value = (Variant<?>) properties.get(API + name);
        if (value == null) {
            throw new IllegalArgumentException("there is no property " + name);
        }
        return value.getValue();
    }

    private TransferKey key(String session) {
        TransferKey key = sessions.get(session);
        if (key == null) {
            throw new IllegalArgumentException("there is no session " + session);
        }
        return key;
    }

    private void getSecret(MethodCall call, String session) throws Exception {
        Item item = items.get(call.getPath());
        if (locked || item == null) {
            bus.refuse(call, locked ? LOCKED : API + "Error.NoSuchObject");
            return;
        }
        bus.answer(
                call,
                "(oayays)",
                (Object)
                        key(session)
                                .encrypt(
                                        new DBusPath(session),
                                        item.text().getBytes(StandardCharsets.UTF_8),
                                        item.type()));
    }

    private void delete(MethodCall call) throws Exception {
        if (locked) {
            bus.refuse(call, LOCKED);
            return;
        }
        items.remove(call.getPath());
        bus.answer(call, "o", NONE);
    }

    private void prompt(MethodCall call) throws Exception {
        bus.answer(call, null);
        beforePromptEnds.on(call.getPath());
        Action accepted = prompts.get(call.getPath());
        if (accepted == null) {
            throw new IllegalArgumentException("there is no prompt " + call.getPath());
        }
        switch (user) {
            case ACCEPTS -> accepted.on(call.getPath());
            case DISMISSES -> dismissed(call.getPath());
            case IS_AWAY -> {}
        }
    }

    private void dismiss(MethodCall call) throws Exception {
        bus.answer(call, null);
        dismissed(call.getPath());
    }

    private void dismissed(String path) throws DBusException, IOException {
        bus.signal(path, API + "Prompt", "Completed", "bv", true, new Variant<>(""));
    }

    private void end(String path, Variant<?> result) throws DBusException, IOException {
        bus.signal(path, API + "Prompt", "Completed", "bv", false, result);
    }

    private DBusPath newPrompt(Action accepted) {
        String path = newPath("/prompt/p");
        prompts.put(path, accepted);
        return new DBusPath(path);
    }

    private String newPath(String kind) {
        objects++;
        return ROOT + kind + objects;
    }
}
