package dev.sluice.tds;

import java.nio.ByteBuffer;
import java.util.TreeMap;

/**
 * PRELOGIN (section 2.2.6.5 of the specification): each end tells its version and what it makes of
 * encryption.
 *
 * @param encryption one of the constants below
 */
record PreLogin(int encryption) {

    static final int OFF = 0;
    static final int ON = 1;
    static final int NOT_SUPPORTED = 2;
    static final int REQUIRED = 3;

    private static final int OPTION_VERSION = 0;
    private static final int OPTION_ENCRYPTION = 1;
    private static final int END_OF_OPTIONS = 0xFF;

    static PreLogin read(ByteBuffer body) {
        int option = 0;
        while (body.get(option) != OPTION_ENCRYPTION) {
            option += 5;
        }
        // offsets are in network order
        int value = Short.toUnsignedInt(Short.reverseBytes(body.getShort(option + 1)));
        return new PreLogin(body.get(value));
    }

    byte[] toBytes() {
        TreeMap<Integer, byte[]> options = new TreeMap<>();
        options.put(OPTION_VERSION, new Bytes().raw(TdsServer.VERSION).u2(0).toArray());
        options.put(OPTION_ENCRYPTION, new byte[] {(byte) encryption});
        Bytes table = new Bytes();
        Bytes values = new Bytes();
        int offset = 5 * options.size() + 1;
        for (var option : options.entrySet()) {
            byte[] value = option.getValue();
            table.u1(option.getKey());
            table.u1(offset >> 8).u1(offset).u1(value.length >> 8).u1(value.length);
            values.raw(value);
            offset += value.length;
        }
        return table.u1(END_OF_OPTIONS).raw(values.toArray()).toArray();
    }
}
