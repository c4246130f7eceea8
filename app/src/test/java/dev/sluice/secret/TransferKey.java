package dev.sluice.secret;

import org.freedesktop.dbus.DBusPath;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The service's end of an encrypted transfer, out of arithmetic and HMAC: Diffie-Hellman in the
 * second Oakley group, HKDF-SHA-256 (RFC 5869) without salt and info, AES-128-CBC.
 */
@SuppressWarnings("InsecureCryptoUsage") // the protocol says so
final class TransferKey {

    private static final int GROUP_BYTES = 128;
    private static final int BLOCK = 16;

    private final BigInteger mine;
    private final byte[] key;
    private final boolean shortShared;

    TransferKey(BigInteger theirs) throws GeneralSecurityException {
        this(theirs, new SecureRandom());
    }

    TransferKey(BigInteger theirs, Random random) throws GeneralSecurityException {
        BigInteger exponent = new BigInteger(1000, random);
        mine = BigInteger.TWO.modPow(exponent, TransferSession.PRIME);
        BigInteger shared = theirs.modPow(exponent, TransferSession.PRIME);
        key = derive(padded(shared));
        shortShared = shared.bitLength() <= (GROUP_BYTES - 1) * Byte.SIZE;
    }

    /** Whether the shared number begins with a zero byte, which belongs to the key's material. */
    boolean sharedIsShort() {
        return shortShared;
    }

    /** The number that the other end gets. */
    BigInteger mine() {
        return mine;
    }

    byte[] key() {
        return key.clone();
    }

    Object[] encrypt(DBusPath session, byte[] plain, String type) throws GeneralSecurityException {
        byte[] start = new byte[BLOCK];
        new SecureRandom().nextBytes(start);
        return new Object[] {
            session, start, cipher(Cipher.ENCRYPT_MODE, start).doFinal(plain), type
        };
    }

    byte[] decrypt(Object[] structure) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, bytes(structure[1])).doFinal(bytes(structure[2]));
    }

    private Cipher cipher(int mode, byte[] start) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
        return cipher;
    }

    private static byte[] derive(byte[] shared) throws GeneralSecurityException {
        byte[] extracted = hmac(new byte[32], shared);
        return Arrays.copyOf(hmac(extracted, new byte[] {1}), BLOCK);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    /** As long as the group's numbers, with leading zeros. */
    static byte[] padded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[GROUP_BYTES];
        int length = Math.min(bytes.length, GROUP_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, GROUP_BYTES - length, length);
        return padded;
    }

    /** The bytes of an array as the library gives it. */
    static byte[] bytes(Object array) {
        List<?> list = (List<?>) array;
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (Byte) list.get(i);
        }
        return bytes;
    }
}
