package dev.sluice.vdi.jna.windows;

import com.sun.jna.platform.win32.Crypt32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinCrypt;

import java.security.GeneralSecurityException;

/**
 * Windows' data protection (DPAPI): encryption with a key that Windows derives from the login of
 * the account this process runs as. No other account and no other machine can decrypt it. The
 * native memory that held plain bytes is cleared. Stateless; on Windows only.
 */
public final class DataProtection {

    /** What Windows' tools show for such data. */
    private static final String DESCRIPTION = "Sluice";

    private DataProtection() {}

    /**
     * Encrypts.
     *
     * @param plain the bytes, which stay the caller's
     * @param context must be the same to decrypt; no secret
     * @throws GeneralSecurityException when Windows refuses, with its code and words
     */
    public static byte[] protect(byte[] plain, byte[] context) throws GeneralSecurityException {
        try {
            // a dialog of Windows' would wait for someone who is not there
            return Crypt32Util.cryptProtectData(
                    plain, context, WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, DESCRIPTION, null);
        } catch (Win32Exception e) {
            throw refused("CryptProtectData", e);
        }
    }

    /**
     * Decrypts what {@link #protect} made; the caller wipes the result.
     *
     * @throws GeneralSecurityException when it was made by another account, on another machine or
     *     with another context, or is damaged
     */
    public static byte[] unprotect(byte[] cipher, byte[] context) throws GeneralSecurityException {
        try {
            return Crypt32Util.cryptUnprotectData(
                    cipher, context, WinCrypt.CRYPTPROTECT_UI_FORBIDDEN, null);
        } catch (Win32Exception e) {
            throw refused("CryptUnprotectData", e);
        }
    }

    private static GeneralSecurityException refused(String function, Win32Exception e) {
        return new GeneralSecurityException(
                "%s: 0x%08X %s".formatted(function, e.getHR().intValue(), e.getMessage()), e);
    }
}
