package dev.sluice.doctor;

import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The system this process runs on. */
final class ThisMachine implements Machine {

    @Override
    public Platform platform() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return Platform.WINDOWS;
        }
        return name.startsWith("linux") ? Platform.LINUX : Platform.OTHER;
    }

    @Override
    public LibraryReport library() {
        return NativeVdi.inspect();
    }

    @Override
    public boolean mayBeThere(Path file) {
        return !Files.notExists(file);
    }

    @Override
    public Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong capacity(Path folder) throws IOException {
        return Files.isDirectory(folder)
                ? OptionalLong.of(Files.getFileStore(folder).getTotalSpace())
                : OptionalLong.empty();
    }
}
