package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

/** What stands for the store where there is none: it has no secret and keeps none. */
record NoStore(String obstacle) implements SecretStore {

    @Override
    public String title() {
        return "no store";
    }

    @Override
    public @Nullable Secret find(String key) {
        return null;
    }

    @Override
    public void keep(String key, Secret secret) throws SecretException {
        throw new SecretException(
                "the secret for %s cannot be kept: %s".formatted(key, obstacle), null);
    }

    @Override
    public boolean remove(String key) {
        return false;
    }
}
