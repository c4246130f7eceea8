package dev.sluice.media.mtf;

/** Four letters as the little endian number they make in memory. */
final class Tags {

    /** Data pages. */
    static final int MQDA = of("MQDA");

    /** Transaction log. */
    static final int MQTL = of("MQTL");

    /** Configuration records. */
    static final int MQCI = of("MQCI");

    /** The media family among its set. */
    static final int RAID = of("RAID");

    /** Checksum of the stream before it. */
    static final int CSUM = of("CSUM");

    /** Padding inside a block. */
    static final int APAD = of("APAD");

    /** Padding up to the next block; the last stream of a block. */
    static final int SPAD = of("SPAD");

    /** Configuration record of the backup set. */
    static final int SCIN = of("SCIN");

    /** Configuration record of a filegroup. */
    static final int SFGI = of("SFGI");

    /** Configuration record of a file. */
    static final int SFIN = of("SFIN");

    private Tags() {}

    static int of(String letters) {
        int tag = 0;
        for (int i = 3; i >= 0; i--) {
            tag = (tag << 8) | letters.charAt(i);
        }
        return tag;
    }

    /** The letters of a tag, dots for what is not printable: for messages. */
    static String text(int tag) {
        StringBuilder letters = new StringBuilder(4);
        for (int i = 0; i < 4; i++) {
            int letter = (tag >>> (8 * i)) & 0xFF;
            letters.append(letter > ' ' && letter < 0x7F ? (char) letter : '.');
        }
        return letters.toString();
    }
}
