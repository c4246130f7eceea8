package dev.sluice.secret;

import dev.sluice.bus.BusException;
import dev.sluice.bus.BusMethod;
import dev.sluice.bus.BusPeer;

import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;

import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * A session of the Secret Service, in which secrets cross the bus encrypted. Its only algorithm is
 * the one that every service has besides plain text; it keeps secrets out of logs, swap files and
 * other processes' memory, and is not meant to withstand someone who takes part in the bus.
 */
@SuppressWarnings("InsecureCryptoUsage") // the protocol says so
final class TransferSession {

    private static final BusMethod OPEN_SESSION =
            new BusMethod("org.freedesktop.Secret.Service", "OpenSession", "sv", "vo");

    private static final String ALGORITHM = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

    /** The second Oakley group (RFC 2409, 6.2). */
    static final BigInteger PRIME =
            new BigInteger(
                    """
                    FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1\
                    29024E088A67CC74020BBEA63B139B22514A08798E3404DD\
                    EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245\
                    E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
                    EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381\
                    FFFFFFFFFFFFFFFF\
                    """,
                    16);

    private static final DHParameterSpec GROUP = new DHParameterSpec(PRIME, BigInteger.TWO);
    private static final int KEY_LENGTH = 16;
    private static final int BLOCK = 16;
    private static final String TEXT = "text/plain; charset=utf8";

    private final DBusPath path;
    private final SecretKey key;

    private TransferSession(DBusPath path, SecretKey key) {
        this.path = path;
        this.key = key;
    }

    /** Agrees with the service on a key. It ends with the conversation. */
    static TransferSession open(BusPeer service, String root) throws BusException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DH");
            generator.initialize(GROUP);
            KeyPair mine = generator.generateKeyPair();
            byte[] number = ((DHPublicKey) mine.getPublic()).getY().toByteArray();
            Object[] answer =
                    service.call(root, OPEN_SESSION, ALGORITHM, new Variant<>(number, "ay"));
            byte[] theirs = bytes(((Variant<?>) answer[0]).getValue());
            return new TransferSession((DBusPath) answer[1], key(mine, new BigInteger(1, theirs)));
        } catch (GeneralSecurityException e) {
            throw new BusException("no key was agreed on for the transfer: " + e.getMessage(), e);
        }
    }

    static SecretKey key(KeyPair mine, BigInteger theirs) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("DH");
        agreement.init(mine.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("DH")
                        .generatePublic(new DHPublicKeySpec(theirs, PRIME, BigInteger.TWO)),
                true);
        byte[] shared = agreement.generateSecret();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(shared)
                                    .thenExpand(null, KEY_LENGTH));
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    /** Its object on the bus. */
    DBusPath path() {
        return path;
    }

    /** The structure that carries a secret. */
    Object[] encrypt(Secret secret) throws BusException {
        byte[] plain = secret.utf8();
        byte[] start = new byte[BLOCK];
        new SecureRandom().nextBytes(start);
        try {
            return new Object[] {
                path, start, cipher(Cipher.ENCRYPT_MODE, start).doFinal(plain), TEXT
            };
        } catch (GeneralSecurityException e) {
            throw new BusException("the secret cannot be encrypted: " + e.getMessage(), e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The secret that such a structure carries. */
    Secret decrypt(Object[] structure) throws BusException {
        byte[] plain = {};
        try {
            byte[] start = bytes(structure[1]);
            plain = cipher(Cipher.DECRYPT_MODE, start).doFinal(bytes(structure[2]));
            return Secret.ofUtf8(plain);
        } catch (GeneralSecurityException | CharacterCodingException e) {
            throw new BusException("what it gives back cannot be decrypted: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BusException("what it gives back is empty", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Cipher cipher(int mode, byte[] start) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, key, new IvParameterSpec(start));
        return cipher;
    }

    private static byte[] bytes(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes;
        }
        List<?> list = (List<?>) array;
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (Byte) list.get(i);
        }
        return bytes;
    }
}
