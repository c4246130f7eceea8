package dev.sluice.tds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A LOGIN7 message.
 *
 * @param kind how the client proves who it is; logins of SSPI are refused before a {@link Handler}
 *     hears of them
 * @param user of a SQL login
 * @param password of a SQL login; of a federated one the access token, empty when the client has
 *     yet to get one
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
    static final int FEATURE_FEDAUTH = 0x02;
    static final int FEATURES_END = 0xFF;

    /** Of the ways to bring a token, the one that does so in the login itself. */
    private static final int SECURITY_TOKEN = 0x01;

    /** Reads section 2.2.6.4 of the specification. */
    static Login read(ByteBuffer body) {
        Kind kind =
                (body.get(25) & INTEGRATED_SECURITY) != 0
                        ? Kind.SSPI
                        : hasFederatedToken(body) ? Kind.FEDERATED : Kind.SQL;
        return new Login(
                kind,
                text(body, 40),
                kind == Kind.FEDERATED
                        ? token(body)
                        : new String(unveiled(bytes(body, 44)), StandardCharsets.UTF_16LE),
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
        return federation(body) >= 0;
    }

    /** The access token in a login that brings one along (section 2.2.6.4). */
    private static String token(ByteBuffer body) {
        int data = federation(body) + 5;
        if ((body.get(data) & 0xFE) >> 1 != SECURITY_TOKEN) {
            return "";
        }
        byte[] token = new byte[body.getInt(data + 1)];
        body.get(data + 5, token);
        return new String(token, StandardCharsets.UTF_16LE);
    }

    /** Where the feature of federated logins is; negative when the login does without. */
    private static int federation(ByteBuffer body) {
        if ((body.get(27) & HAS_EXTENSION) == 0) {
            return -1;
        }
        int feature = body.getInt(Short.toUnsignedInt(body.getShort(56)));
        while ((body.get(feature) & 0xFF) != FEATURES_END) {
            if (body.get(feature) == FEATURE_FEDAUTH) {
                return feature;
            }
            feature += 5 + body.getInt(feature + 1);
        }
        return -1;
    }
}
