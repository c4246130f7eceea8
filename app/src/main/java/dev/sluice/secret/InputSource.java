package dev.sluice.secret;

import dev.sluice.words.Told;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;

/** A secret as the first line of a stream, such as standard input; without the line's end. */
public final class InputSource implements SecretSource {

    /** No password and no token is longer; what is longer is another file. */
    private static final int LONGEST = 1 << 16;

    private final InputStream input;
    private final Charset charset;

    /**
     * @param input stays the caller's; read byte by byte up to the end of a line
     * @param charset what the line is written in
     */
    public InputSource(InputStream input, Charset charset) {
        this.input = input;
        this.charset = charset;
    }

    @Override
    public Secret find(SecretQuestion question) throws SecretException {
        byte[] line = new byte[LONGEST];
        CharBuffer decoded = CharBuffer.allocate(0);
        try {
            int length = readLine(line);
            decoded = charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            char[] characters = new char[decoded.remaining()];
            decoded.get(characters);
            return new Secret(characters);
        } catch (CharacterCodingException e) {
            throw failure(question, "its first line is no text in " + charset, e);
        } catch (IOException e) {
            throw failure(question, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw failure(question, "its first line is empty or no text", e);
        } finally {
            Arrays.fill(line, (byte) 0);
            Arrays.fill(decoded.array(), '\0');
        }
    }

    private int readLine(byte[] line) throws IOException {
        int length = 0;
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (length == line.length) {
                throw new IOException("its first line is longer than any secret");
            }
            line[length++] = (byte) next;
        }
        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }

    private static SecretException failure(SecretQuestion question, String why, Exception cause) {
        return new SecretException(
                Told.asIs(
                        "the %s was to be read from standard input: %s"
                                .formatted(question.text(), why)),
                cause);
    }
}
