package dev.sluice.secret;

import dev.sluice.bus.BusException;
import dev.sluice.bus.BusMethod;
import dev.sluice.bus.BusPeer;
import dev.sluice.bus.SessionBus;
import dev.sluice.words.Told;

import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The freedesktop Secret Service of the user's session: GNOME Keyring, KWallet, KeePassXC and the
 * like (Secret Service API, draft 0.2). Each operation is a conversation of its own; where the
 * service wants to be unlocked, it asks the user in a window of its own.
 */
final class SecretServiceStore implements SecretStore {

    private static final Told TITLE = Told.of("secret.store.service");
    private static final String NAME = "org.freedesktop.secrets";
    private static final String ROOT = "/org/freedesktop/secrets";
    private static final String SERVICE = "org.freedesktop.Secret.Service";
    private static final String COLLECTION = "org.freedesktop.Secret.Collection";
    private static final String ITEM = "org.freedesktop.Secret.Item";

    private static final BusMethod SEARCH_ITEMS =
            new BusMethod(SERVICE, "SearchItems", "a{ss}", "aoao");
    private static final BusMethod READ_ALIAS = new BusMethod(SERVICE, "ReadAlias", "s", "o");
    private static final BusMethod CREATE_COLLECTION =
            new BusMethod(SERVICE, "CreateCollection", "a{sv}s", "oo");
    private static final BusMethod UNLOCK = new BusMethod(SERVICE, "Unlock", "ao", "aoo");
    private static final BusMethod CREATE_ITEM =
            new BusMethod(COLLECTION, "CreateItem", "a{sv}(oayays)b", "oo");
    private static final BusMethod GET_SECRET = new BusMethod(ITEM, "GetSecret", "o", "(oayays)");
    private static final BusMethod DELETE = new BusMethod(ITEM, "Delete", "", "o");

    /** What stands where there is no object. */
    private static final String NO_OBJECT = "/";

    private final SessionBus bus;

    SecretServiceStore(SessionBus bus) {
        this.bus = bus;
    }

    @Override
    public Told title() {
        return TITLE;
    }

    @Override
    public @Nullable Told obstacle() {
        try (BusPeer _ = bus.peer(NAME)) {
            return null;
        } catch (BusException e) {
            return Told.of("secret.store.noService", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable Secret find(String key) throws SecretException {
        return in(
                "find",
                key,
                service -> {
                    List<String> items = items(service, key);
                    if (items.isEmpty()) {
                        return null;
                    }
                    String item = items.getFirst();
                    unlock(service, item);
                    TransferSession session = TransferSession.open(service, ROOT);
                    Object[] answer = service.call(item, GET_SECRET, session.path());
                    return session.decrypt((Object[]) answer[0]);
                });
    }

    @Override
    public void keep(String key, Secret secret) throws SecretException {
        in(
                "keep",
                key,
                service -> {
                    String collection = defaultCollection(service);
                    unlock(service, collection);
                    TransferSession session = TransferSession.open(service, ROOT);
                    Object[] answer =
                            service.call(
                                    collection,
                                    CREATE_ITEM,
                                    properties(key),
                                    session.encrypt(secret),
                                    true);
                    prompt(service, answer[1]);
                    return true;
                });
    }

    @Override
    public boolean remove(String key) throws SecretException {
        Boolean there =
                in(
                        "remove",
                        key,
                        service -> {
                            List<String> items = items(service, key);
                            for (String item : items) {
                                unlock(service, item);
                                prompt(service, service.call(item, DELETE)[0]);
                            }
                            return !items.isEmpty();
                        });
        return Boolean.TRUE.equals(there);
    }

    /** What is done in one conversation with the service. */
    private interface Work<T> {
        @Nullable T with(BusPeer service) throws BusException;
    }

    private <T> @Nullable T in(String verb, String key, Work<T> work) throws SecretException {
        try (BusPeer service = bus.peer(NAME)) {
            return work.with(service);
        } catch (BusException e) {
            throw new SecretException(
                    Told.of("secret.service", TITLE, verb, key, String.valueOf(e.getMessage())), e);
        }
    }

    /** The items of this key, those that are unlocked first. */
    private static List<String> items(BusPeer service, String key) throws BusException {
        Object[] answer = service.call(ROOT, SEARCH_ITEMS, attributes(key));
        List<String> items = new ArrayList<>();
        for (Object list : answer) {
            ((List<?>) list).forEach(path -> items.add(path(path)));
        }
        return items;
    }

    private static Map<String, String> attributes(String key) {
        return Map.of("application", "Sluice", "key", key);
    }

    private static Map<String, Variant<?>> properties(String key) {
        return Map.of(
                ITEM + ".Label", new Variant<>("Sluice: " + key),
                ITEM + ".Attributes", new Variant<>(attributes(key), "a{ss}"));
    }

    /** Where new secrets go; made where the user has none yet. */
    private static String defaultCollection(BusPeer service) throws BusException {
        String collection = path(service.call(ROOT, READ_ALIAS, "default")[0]);
        if (!collection.equals(NO_OBJECT)) {
            return collection;
        }
        Object[] made =
                service.call(
                        ROOT,
                        CREATE_COLLECTION,
                        Map.of(COLLECTION + ".Label", new Variant<>("Default keyring")),
                        "default");
        Object prompted = prompt(service, made[1]);
        return path(prompted == null ? made[0] : prompted);
    }

    private static void unlock(BusPeer service, String object) throws BusException {
        Object[] answer = service.call(ROOT, UNLOCK, List.of(new DBusPath(object)));
        prompt(service, answer[1]);
    }

    /**
     * Has the service ask its user, where it wants to.
     *
     * @return what came of it; null when nobody was asked
     */
    private static @Nullable Object prompt(BusPeer service, Object prompt) throws BusException {
        String path = path(prompt);
        return path.equals(NO_OBJECT) ? null : service.prompt(path);
    }

    private static String path(Object path) {
        return Objects.toString(path);
    }
}
