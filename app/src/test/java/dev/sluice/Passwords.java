package dev.sluice;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every password that a test gives to the product has this mark in it, and no file that a test
 * leaves may.
 */
public final class Passwords {

    /** In every password of the tests. */
    public static final String MARK = "hunter2";

    private static final List<byte[]> PATTERNS =
            Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)
                    .map(Passwords::mark)
                    .toList();

    private Passwords() {}

    private static byte[] mark(Charset charset) {
        return MARK.getBytes(charset);
    }

    /** The files under a folder that have a password in them. */
    public static List<Path> under(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        TreeSet<Path> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (isIn(file)) {
                    found.add(file);
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean isIn(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int[] matched = new int[PATTERNS.size()];
            byte[] chunk = new byte[1 << 16];
            for (int length = bytes.read(chunk); length > 0; length = bytes.read(chunk)) {
                for (int at = 0; at < length; at++) {
                    for (int i = 0; i < matched.length; i++) {
                        byte[] pattern = PATTERNS.get(i);
                        // no start of the mark is inside it but the first, so one count is enough
                        matched[i] =
                                chunk[at] == pattern[matched[i]]
                                        ? matched[i] + 1
                                        : chunk[at] == pattern[0] ? 1 : 0;
                        if (matched[i] == pattern.length) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            // a file that went away tells nobody anything
            return false;
        }
    }
}
