package dev.sluice.tds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A LOGIN7 message.
 *
 * @param kind how the client proves who it is; all but SQL logins are refused before a {@link
 *     Handler} hears of them
 * @param user of a SQL login
 * @param database empty when the client leaves it to the server
 * @param packetSize in bytes, headers included, as the client wishes it
 * @param tdsVersion such as 0x74000004
 */
public record Login(
        Kind kind,
        String user,
        String password,
        String database,
        String application,
        String host,
        int packetSize,
        int tdsVersion) {

    public enum Kind {
        SQL,
        SSPI,
        FEDERATED
    }

    private static final int INTEGRATED_SECURITY = 0x80;
    private static final int HAS_EXTENSION = 0x10;
    private static final int FEATURE_FEDAUTH = 0x02;
    private static final int FEATURES_END = 0xFF;

    /** Reads section 2.2.6.4 of the specification. */
    static Login read(ByteBuffer body) {
        Kind kind =
                (body.get(25) & INTEGRATED_SECURITY) != 0
                        ? Kind.SSPI
                        : hasFederatedToken(body) ? Kind.FEDERATED : Kind.SQL;
        return new Login(
                kind,
                text(body, 40),
                new String(unveiled(bytes(body, 44)), StandardCharsets.UTF_16LE),
                text(body, 68),
                text(body, 48),
                text(body, 36),
                body.getInt(8),
                body.getInt(4));
    }

    public boolean matches(String expectedUser, String expectedPassword) {
        return user.equals(expectedUser) && password.equals(expectedPassword);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s login of '%s' from %s (%s) to '%s'"
                .formatted(kind, user, host, application, database);
    }

    private static String text(ByteBuffer body, int entry) {
        return new String(bytes(body, entry), StandardCharsets.UTF_16LE);
    }

    /** An entry of the table at the message's head: where a text begins, and its characters. */
    private static byte[] bytes(ByteBuffer body, int entry) {
        byte[] bytes = new byte[2 * Short.toUnsignedInt(body.getShort(entry + 2))];
        body.get(Short.toUnsignedInt(body.getShort(entry)), bytes);
        return bytes;
    }

    /** Undoes what hides a password from a glance: halves of a byte swapped, then XOR 0xA5. */
    private static byte[] unveiled(byte[] password) {
        for (int i = 0; i < password.length; i++) {
            int mixed = (password[i] & 0xFF) ^ 0xA5;
            password[i] = (byte) ((mixed << 4) | (mixed >>> 4));
        }
        return password;
    }

    private static boolean hasFederatedToken(ByteBuffer body) {
        if ((body.get(27) & HAS_EXTENSION) == 0) {
            return false;
        }
        int feature = body.getInt(Short.toUnsignedInt(body.getShort(56)));
        while ((body.get(feature) & 0xFF) != FEATURES_END) {
            if (body.get(feature) == FEATURE_FEDAUTH) {
                return true;
            }
            feature += 5 + body.getInt(feature + 1);
        }
        return false;
    }
}
