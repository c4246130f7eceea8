package dev.sluice.ui;

import dev.sluice.secret.Secret;
import dev.sluice.ui.common.CrashReport;
import dev.sluice.ui.common.Prompts;

import javafx.beans.property.ReadOnlyIntegerProperty;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers every question with no. */
public final class SilentPrompts implements Prompts {

    @Override
    public boolean restore(String text) {
        return false;
    }

    @Override
    public boolean cancelRestore(String database) {
        return false;
    }

    @Override
    public Closing closing(ReadOnlyIntegerProperty running) {
        return Closing.STAY;
    }

    @Override
    public void crashed(CrashReport report, Runnable closed) {
        closed.run();
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
    public boolean removeLog(Path folder) {
        return false;
    }

    @Override
    public boolean replaceProfile(String name) {
        return false;
    }

    @Override
    public Optional<Path> openFile(String title) {
        return Optional.empty();
    }

    @Override
    public boolean removeServer(String name) {
        return false;
    }

    @Override
    public Optional<Secret> secret(String server) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> folder(String start) {
        return Optional.empty();
    }

    @Override
    public List<Path> files(String title) {
        return List.of();
    }

    @Override
    public Optional<Path> saveFile(String title, String proposal) {
        return Optional.empty();
    }
}
