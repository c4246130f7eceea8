package dev.sluice.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java runtime has. */
final class Sha256 {

    /** Hex digits of a digest. */
    static final int HEX_LENGTH = 64;

    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }

    /** The digest of everything up to now, while the running one goes on. */
    static byte[] soFar(MessageDigest running) {
        try {
            return ((MessageDigest) running.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("SHA-256 of the Java runtime can be cloned", e);
        }
    }

    /** In lower case. */
    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
