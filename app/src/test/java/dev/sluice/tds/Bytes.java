package dev.sluice.tds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes as TDS orders them: little-endian, text as UTF-16LE behind its number of characters. */
final class Bytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Bytes u1(int value) {
        bytes.write(value);
        return this;
    }

    Bytes u2(int value) {
        return number(value, 2);
    }

    Bytes u4(int value) {
        return number(value, 4);
    }

    Bytes u8(long value) {
        return number(value, 8);
    }

    Bytes number(long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    Bytes raw(byte[] raw) {
        bytes.writeBytes(raw);
        return this;
    }

    /** B_VARCHAR. */
    Bytes shortText(String text) {
        return u1(text.length()).raw(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** US_VARCHAR. */
    Bytes text(String text) {
        return u2(text.length()).raw(text.getBytes(StandardCharsets.UTF_16LE));
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    /** Reads a B_VARCHAR. */
    static String shortText(ByteBuffer from) {
        return text(from, from.get() & 0xFF);
    }

    /** Reads so many characters. */
    static String text(ByteBuffer from, int characters) {
        return new String(raw(from, 2 * characters), StandardCharsets.UTF_16LE);
    }

    static byte[] raw(ByteBuffer from, int length) {
        byte[] raw = new byte[length];
        from.get(raw);
        return raw;
    }

    /** Reads a number without a sign; one of eight bytes has one. */
    static long number(ByteBuffer from, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (from.get() & 0xFFL) << (8 * i);
        }
        return value;
    }
}
