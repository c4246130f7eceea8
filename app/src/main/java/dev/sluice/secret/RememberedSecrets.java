package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Asks another source once for each secret and remembers the answer until it is closed, so that a
 * job with several connections does not ask several times. Safe from any thread; one asks at a
 * time.
 */
public final class RememberedSecrets implements SecretSource, AutoCloseable {

    private final SecretSource source;
    private final Map<String, Secret> known = new HashMap<>();

    public RememberedSecrets(SecretSource source) {
        this.source = source;
    }

    @Override
    public synchronized @Nullable Secret find(SecretQuestion question) throws SecretException {
        Secret secret = known.get(question.key());
        if (secret == null) {
            secret = source.find(question);
            if (secret == null) {
                return null;
            }
            known.put(question.key(), secret);
        }
        return secret.copy();
    }

    /** Has an answer from now on; the secret stays the caller's. */
    public synchronized void remember(String key, Secret secret) {
        forget(key);
        known.put(key, secret.copy());
    }

    /** Asks again next time, because the answer was wrong or has changed. */
    public synchronized void forget(String key) {
        Secret secret = known.remove(key);
        if (secret != null) {
            secret.close();
        }
    }

    /** Wipes what is remembered. */
    @Override
    public synchronized void close() {
        known.values().forEach(Secret::close);
        known.clear();
    }
}
