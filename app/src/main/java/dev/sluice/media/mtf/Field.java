package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.UUID;

/**
 * A structure in a stream, read by field offset: the bytes from {@code at} on, which lie at {@code
 * offset} of the stream.
 */
record Field(ByteBuffer data, int at, int length, long offset) {

    /** Refuses a structure too short for its fields. */
    void require(int least) throws MtfFormatException {
        if (length < least) {
            throw fault("structure of %d bytes, expected at least %d".formatted(length, least));
        }
    }

    /** The first bytes as a structure of their own. */
    Field first(int bytes) {
        return new Field(data, at, bytes, offset);
    }

    int u8(int field) {
        return Le.u8(data, at + field);
    }

    int u16(int field) {
        return Le.u16(data, at + field);
    }

    long u32(int field) {
        return Le.u32(data, at + field);
    }

    long i64(int field) {
        return Le.i64(data, at + field);
    }

    UUID guid(int field) {
        return Guids.get(data, at + field);
    }

    Lsn lsn(int field) {
        return LsnCodec.get(data, at + field);
    }

    @Nullable LocalDateTime date(int field) throws MtfFormatException {
        try {
            return MtfDate.get(data, at + field);
        } catch (DateTimeException impossible) {
            MtfFormatException fault =
                    new MtfFormatException("no date: " + impossible.getMessage(), offset + field);
            fault.initCause(impossible);
            throw fault;
        }
    }

    /** The text a pointer leads to, empty when it is unset. */
    String text(int pointer) throws MtfFormatException {
        int bytes = u16(pointer);
        int start = u16(pointer + Short.BYTES);
        if (bytes == 0) {
            return "";
        }
        if (bytes % Character.BYTES != 0 || start + bytes > length) {
            throw new MtfFormatException(
                    "text of %d bytes at %d, expected whole characters inside %d bytes"
                            .formatted(bytes, start, length),
                    offset + pointer);
        }
        byte[] text = new byte[bytes];
        data.get(at + start, text);
        return withoutPadding(new String(text, StandardCharsets.UTF_16LE));
    }

    /** SQL Server counts trailing NULs into some lengths. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    boolean isZero() {
        for (int i = at; i < at + length; i++) {
            if (data.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    MtfFormatException fault(String what) {
        return new MtfFormatException(what, offset);
    }
}
