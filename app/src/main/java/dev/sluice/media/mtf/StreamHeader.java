package dev.sluice.media.mtf;

import java.nio.ByteBuffer;

/** Codec of a stream header. The buffers are little endian. */
record StreamHeader(int id, int mediaAttributes, long length, int encryption, int compression) {

    StreamHeader(int id, int mediaAttributes, long length) {
        this(id, mediaAttributes, length, 0, 0);
    }

    void put(ByteBuffer target, int at) {
        target.putInt(at + StreamLayout.ID, id);
        target.putShort(at + StreamLayout.SYSTEM_ATTRIBUTES, (short) 0);
        target.putShort(at + StreamLayout.MEDIA_ATTRIBUTES, (short) mediaAttributes);
        target.putLong(at + StreamLayout.LENGTH, length);
        target.putShort(at + StreamLayout.ENCRYPTION, (short) encryption);
        target.putShort(at + StreamLayout.COMPRESSION, (short) compression);
        HeaderChecksum.seal(target, at, StreamLayout.CHECKSUM);
    }

    static StreamHeader get(ByteBuffer source, int at) {
        return new StreamHeader(
                source.getInt(at + StreamLayout.ID),
                source.getShort(at + StreamLayout.MEDIA_ATTRIBUTES) & 0xFFFF,
                source.getLong(at + StreamLayout.LENGTH),
                source.getShort(at + StreamLayout.ENCRYPTION) & 0xFFFF,
                source.getShort(at + StreamLayout.COMPRESSION) & 0xFFFF);
    }

    boolean has(int mediaAttribute) {
        return (mediaAttributes & mediaAttribute) != 0;
    }
}
