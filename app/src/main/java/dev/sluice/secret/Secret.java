package dev.sluice.secret;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A secret in memory, wiped when it is closed. Says nothing of itself, and is equal to itself only.
 * Safe from any thread.
 */
public final class Secret implements AutoCloseable {

    /** Bytes that one char takes. */
    private static final int LONGEST_IN_UTF8 = 3;

    private char @Nullable [] characters;

    /**
     * Takes the array for its own.
     *
     * @param characters at least one; well-formed text
     * @throws IllegalArgumentException when empty, or when half a character is in it
     */
    public Secret(char[] characters) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("a secret has at least one character");
        }
        if (!isWellFormed(characters)) {
            Arrays.fill(characters, '\0');
            throw new IllegalArgumentException("the secret contains half a character");
        }
        this.characters = characters;
    }

    /** The secret in UTF-8 bytes, which stay the caller's. */
    static Secret ofUtf8(byte[] bytes) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        Arrays.fill(decoded.array(), '\0');
        return new Secret(characters);
    }

    /** A copy, which the caller wipes. */
    public synchronized char[] characters() {
        if (characters == null) {
            throw new IllegalStateException("the secret was wiped");
        }
        return characters.clone();
    }

    /** A secret of its own with the same characters. */
    public Secret copy() {
        return new Secret(characters());
    }

    /** The bytes in UTF-8, which the caller wipes. */
    byte[] utf8() {
        char[] copy = characters();
        byte[] room = new byte[copy.length * LONGEST_IN_UTF8];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(copy), encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        Arrays.fill(copy, '\0');
        return bytes;
    }

    /** Wipes it; it cannot be used any more. */
    @Override
    public synchronized void close() {
        if (characters != null) {
            Arrays.fill(characters, '\0');
            characters = null;
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }

    private static boolean isWellFormed(char[] characters) {
        for (int i = 0; i < characters.length; i++) {
            if (Character.isHighSurrogate(characters[i])
                    && i + 1 < characters.length
                    && Character.isLowSurrogate(characters[i + 1])) {
                i++;
            } else if (Character.isSurrogate(characters[i])) {
                return false;
            }
        }
        return true;
    }
}
