package dev.sluice.ui;

import dev.sluice.secret.Secret;
import dev.sluice.ui.common.Prompts;

import java.nio.file.Path;
import java.util.Optional;

/** Answers every question with no. */
public final class SilentPrompts implements Prompts {

    @Override
    public boolean cancelRestore(String database) {
        return false;
    }

    @Override
    public boolean cancelAndClose() {
        return false;
    }

    @Override
    public Optional<String> profileName(String proposal) {
        return Optional.empty();
    }

    @Override
    public boolean deleteProfile(String name) {
        return false;
    }

    @Override
    public Optional<Secret> secret(String what) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> folder(String start) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> saveFile(String title, String proposal) {
        return Optional.empty();
    }
}
