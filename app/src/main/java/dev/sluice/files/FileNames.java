package dev.sluice.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * File names for names that people gave. The text keeps a file recognisable, the digest keeps names
 * apart that differ only in letters which some file system does not tell apart or does not allow.
 * Stateless.
 */
public final class FileNames {

    private static final int TEXT_LENGTH = 40;
    private static final int DIGEST_LENGTH = 8;

    private FileNames() {}

    /**
     * Such as {@code nightly-sales-1f3870be.json}: lower-case letters, digits and dashes only.
     *
     * @param suffix what it ends in, such as {@code .json}
     */
    public static String of(String name, String suffix) {
        String text = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String start = text.substring(0, Math.min(text.length(), TEXT_LENGTH));
        return "%s-%s%s".formatted(start, digest(name), suffix).replaceFirst("^-", "");
    }

    private static String digest(String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
