package dev.sluice.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns the name of a server or database into the name of a folder that every file system takes:
 * ASCII letters, digits and a few marks stay, everything else becomes {@code %XX} of its UTF-8
 * bytes. Different names give different folders, as far as the file system tells case apart.
 */
final class FolderName {

    /** Leaves room below the usual limit of 255 bytes. */
    private static final int MAX_LENGTH = 160;

    private static final int HASH_BYTES = 8;
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,()@+=#$!~ ";
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private FolderName() {}

    /**
     * The folder for a name.
     *
     * @throws IllegalArgumentException for an empty name
     */
    static String of(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a server and a database have a name; this is empty");
        }
        String encoded = encode(name);
        return encoded.length() <= MAX_LENGTH
                ? encoded
                : encoded.substring(0, MAX_LENGTH) + "%~" + hash(name);
    }

    private static String encode(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        // Windows gives these names to devices, and drops dots and blanks at the end
        boolean reserved = RESERVED.matcher(name.toLowerCase(Locale.ROOT)).matches();
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            boolean edge = i == 0 || i == bytes.length - 1;
            boolean dropped = edge && (bytes[i] == '.' || bytes[i] == ' ');
            append(encoded, bytes[i], dropped || (reserved && i == 0));
        }
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, byte b, boolean awkward) {
        if (isPlain((char) b) && !awkward) {
            encoded.append((char) b);
        } else {
            encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
    }

    private static boolean isPlain(char c) {
        return PLAIN.indexOf(c) >= 0;
    }

    private static String hash(String name) {
        MessageDigest digest = Sha256.start();
        byte[] sum = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sum, 0, HASH_BYTES);
    }
}
