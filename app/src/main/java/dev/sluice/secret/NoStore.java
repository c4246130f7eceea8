package dev.sluice.secret;

import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

/** What stands for the store where there is none: it has no secret and keeps none. */
record NoStore(Told obstacle) implements SecretStore {

    @Override
    public Told title() {
        return Told.of("secret.store.none");
    }

    @Override
    public @Nullable Secret find(String key) {
        return null;
    }

    @Override
    public void keep(String key, Secret secret) throws SecretException {
        throw new SecretException(Told.of("secret.store.keepsNone", key, obstacle), null);
    }

    @Override
    public boolean remove(String key) {
        return false;
    }
}
