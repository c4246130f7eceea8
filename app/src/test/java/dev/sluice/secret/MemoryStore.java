package dev.sluice.secret;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store that lives as long as a test. */
public final class MemoryStore implements SecretStore {

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    private volatile @Nullable Told obstacle;
    private volatile @Nullable String failure;

    /** It says of itself that it cannot be used. */
    public void block(String why) {
        obstacle = Told.asIs(why);
    }

    /** From now on everything fails. */
    public void fail(String why) {
        failure = why;
    }

    public Set<String> keys() {
        return Set.copyOf(secrets.keySet());
    }

    @Override
    public Told title() {
        return Told.asIs("the test's store");
    }

    @Override
    public @Nullable Told obstacle() {
        return obstacle;
    }

    @Override
    public @Nullable Secret find(String key) throws SecretException {
        work();
        Secret secret = secrets.get(key);
        return secret == null ? null : secret.copy();
    }

    @Override
    public void keep(String key, Secret secret) throws SecretException {
        work();
        secrets.put(key, secret.copy());
    }

    @Override
    public boolean remove(String key) throws SecretException {
        work();
        return secrets.remove(key) != null;
    }

    private void work() throws SecretException {
        String why = failure;
        if (why != null) {
            throw new SecretException(Told.asIs(why), null);
        }
    }
}
