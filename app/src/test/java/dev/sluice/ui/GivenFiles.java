package dev.sluice.ui;

import dev.sluice.secret.Secret;
import dev.sluice.ui.common.CrashReport;
import dev.sluice.ui.common.Prompts;

import javafx.beans.property.ReadOnlyIntegerProperty;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks as another does, but chooses a file by itself: the system's own dialogs have no robot. */
record GivenFiles(Prompts other, Path file) implements Prompts {

    @Override
    public Optional<Path> saveFile(String title, String proposal) {
        return Optional.of(file);
    }

    @Override
    public Optional<Path> openFile(String title) {
        return Optional.of(file);
    }

    @Override
    public Optional<Path> folder(String start) {
        return Optional.of(file);
    }

    @Override
    public List<Path> files(String title) {
        return List.of(file);
    }

    @Override
    public boolean restore(String text) {
        return other.restore(text);
    }

    @Override
    public boolean cancelRestore(String database) {
        return other.cancelRestore(database);
    }

    @Override
    public Closing closing(ReadOnlyIntegerProperty running) {
        return other.closing(running);
    }

    @Override
    public void crashed(CrashReport report, Runnable closed) {
        other.crashed(report, closed);
    }

    @Override
    public Optional<String> profileName(String proposal) {
        return other.profileName(proposal);
    }

    @Override
    public boolean deleteProfile(String name) {
        return other.deleteProfile(name);
    }

    @Override
    public boolean replaceProfile(String name) {
        return other.replaceProfile(name);
    }

    @Override
    public boolean removeLog(Path folder) {
        return other.removeLog(folder);
    }

    @Override
    public boolean removeServer(String name) {
        return other.removeServer(name);
    }

    @Override
    public Optional<Secret> secret(String server) {
        return other.secret(server);
    }
}
