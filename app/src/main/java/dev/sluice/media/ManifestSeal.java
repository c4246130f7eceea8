package dev.sluice.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The seal of a manifest: its last property, the SHA-256 of every byte before the seal's own hex
 * digits. What comes after them is fixed. So no bit of the file can change unnoticed, not even in
 * white space.
 *
 * <pre>
 *  {
 *    ...,
 *    "seal" : "&lt;64 hex digits in lower case&gt;"
 *  }
 * </pre>
 */
final class ManifestSeal {

    private static final byte[] OPEN_END = ascii("\n}");
    private static final byte[] BEFORE = ascii(",\n  \"seal\" : \"");
    private static final byte[] AFTER = ascii("\"\n}\n");

    private ManifestSeal() {}

    /**
     * Adds the seal.
     *
     * @param json an object with at least one property, which ends with line feed and brace
     */
    static byte[] seal(byte[] json) {
        int open = json.length - OPEN_END.length;
        if (open < 0 || !isAt(json, open, OPEN_END)) {
            throw new IllegalArgumentException("not an object in the manifest's form");
        }
        byte[] sealed =
                Arrays.copyOf(json, open + BEFORE.length + Sha256.HEX_LENGTH + AFTER.length);
        System.arraycopy(BEFORE, 0, sealed, open, BEFORE.length);
        int sum = open + BEFORE.length;
        System.arraycopy(sum(sealed, sum), 0, sealed, sum, Sha256.HEX_LENGTH);
        System.arraycopy(AFTER, 0, sealed, sum + Sha256.HEX_LENGTH, AFTER.length);
        return sealed;
    }

    /** Whether the content is, bit for bit, what was sealed. */
    static boolean isIntact(byte[] content) {
        int after = content.length - AFTER.length;
        int sum = after - Sha256.HEX_LENGTH;
        int before = sum - BEFORE.length;
        return before >= 0
                && isAt(content, after, AFTER)
                && isAt(content, before, BEFORE)
                && isAt(content, sum, sum(content, sum));
    }

    private static byte[] sum(byte[] content, int length) {
        MessageDigest digest = Sha256.start();
        digest.update(content, 0, length);
        return ascii(Sha256.hex(digest.digest()));
    }

    private static boolean isAt(byte[] content, int at, byte[] expected) {
        return Arrays.equals(content, at, at + expected.length, expected, 0, expected.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
