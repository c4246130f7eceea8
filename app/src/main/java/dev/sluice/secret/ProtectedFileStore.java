package dev.sluice.secret;

import dev.sluice.files.FileNames;
import dev.sluice.files.PrivateFiles;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * A file for each secret, readable by its owner only, encrypted with a key of the user's login. A
 * file is bound to its key, so that one secret cannot be passed off as another by renaming it.
 */
final class ProtectedFileStore implements SecretStore {

    /** Encrypts for the account that this process runs as. */
    interface Protection {

        /**
         * @param context must be the same to decrypt; no secret
         */
        byte[] protect(byte[] plain, byte[] context) throws GeneralSecurityException;

        /** The plain bytes, which the caller wipes. */
        byte[] unprotect(byte[] cipher, byte[] context) throws GeneralSecurityException;
    }

    private static final String SUFFIX = ".secret";

    private final Told title;
    private final Path folder;
    private final Protection protection;

    ProtectedFileStore(Told title, Path folder, Protection protection) {
        this.title = title;
        this.folder = folder;
        this.protection = protection;
    }

    @Override
    public Told title() {
        return title;
    }

    @Override
    public @Nullable Told obstacle() {
        return null;
    }

    @Override
    public @Nullable Secret find(String key) throws SecretException {
        Path file = file(key);
        byte[] plain = {};
        try {
            plain = protection.unprotect(Files.readAllBytes(file), context(key));
            return Secret.ofUtf8(plain);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException(
                    Told.of("secret.file.find", title, key, String.valueOf(e.getMessage()), file),
                    e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public void keep(String key, Secret secret) throws SecretException {
        byte[] plain = secret.utf8();
        try {
            byte[] cipher = protection.protect(plain, context(key));
            PrivateFiles.createFolders(folder);
            PrivateFiles.replace(file(key), ByteBuffer.wrap(cipher));
        } catch (IOException | GeneralSecurityException e) {
            throw new SecretException(
                    Told.of("secret.file.keep", title, key, folder, String.valueOf(e.getMessage())),
                    e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public boolean remove(String key) throws SecretException {
        try {
            boolean there = Files.deleteIfExists(file(key));
            if (there) {
                PrivateFiles.syncFolder(folder);
            }
            return there;
        } catch (IOException e) {
            throw new SecretException(Told.of("secret.file.remove", key, e.toString()), e);
        }
    }

    private Path file(String key) {
        return folder.resolve(FileNames.of(key, SUFFIX));
    }

    private static byte[] context(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
