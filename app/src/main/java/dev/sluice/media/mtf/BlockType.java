package dev.sluice.media.mtf;

import org.jspecify.annotations.Nullable;

/** The descriptor blocks SQL Server writes, by their four letters. */
enum BlockType {
    /** Start of a media family. */
    TAPE(0x30000, true),
    /** A soft filemark: it ends a part of the family. */
    SFMB(0x8000_0000, false),
    /** Start of a backup set. */
    SSET(0, true),
    /** The machine. */
    VOLB(0, true),
    /** Configuration: what is backed up. */
    MSCI(0, true),
    /** Data pages. */
    MSDA(0, false),
    /** Transaction log. */
    MSTL(0, false),
    /** The configuration again, with the final values. */
    MSLS(0, true),
    /** End of a backup set. */
    ESET(0, false);

    private final int attributes;
    private final boolean text;
    private final int tag = Tags.of(name());

    BlockType(int attributes, boolean text) {
        this.attributes = attributes;
        this.text = text;
    }

    /** The four letters as they lie in memory, little endian. */
    int tag() {
        return tag;
    }

    /** The attributes SQL Server gives this block. */
    int attributes() {
        return attributes;
    }

    /** The block declares its text to be UTF-16. */
    boolean hasText() {
        return text;
    }

    /** The block with this tag, null for any other. */
    static @Nullable BlockType of(int tag) {
        for (BlockType type : values()) {
            if (type.tag == tag) {
                return type;
            }
        }
        return null;
    }
}
