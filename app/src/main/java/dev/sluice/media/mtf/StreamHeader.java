package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** Codec of a stream header. */
record StreamHeader(int id, int mediaAttributes, long length, int encryption, int compression) {

    StreamHeader(int id, int mediaAttributes, long length) {
        this(id, mediaAttributes, length, 0, 0);
    }

    void put(ByteBuffer target, int at) {
        Le.put32(target, at + StreamLayout.ID, id);
        Le.put16(target, at + StreamLayout.SYSTEM_ATTRIBUTES, 0);
        Le.put16(target, at + StreamLayout.MEDIA_ATTRIBUTES, mediaAttributes);
        Le.put64(target, at + StreamLayout.LENGTH, length);
        Le.put16(target, at + StreamLayout.ENCRYPTION, encryption);
        Le.put16(target, at + StreamLayout.COMPRESSION, compression);
        HeaderChecksum.seal(target, at, StreamLayout.CHECKSUM);
    }

    static StreamHeader get(ByteBuffer source, int at) {
        return new StreamHeader(
                Le.i32(source, at + StreamLayout.ID),
                Le.u16(source, at + StreamLayout.MEDIA_ATTRIBUTES),
                Le.i64(source, at + StreamLayout.LENGTH),
                Le.u16(source, at + StreamLayout.ENCRYPTION),
                Le.u16(source, at + StreamLayout.COMPRESSION));
    }

    boolean has(int mediaAttribute) {
        return (mediaAttributes & mediaAttribute) != 0;
    }
}
