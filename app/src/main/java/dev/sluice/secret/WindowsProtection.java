package dev.sluice.secret;

import dev.sluice.vdi.jna.windows.DataProtection;

import java.security.GeneralSecurityException;

/** Windows' data protection (DPAPI) for the account that this process runs as. */
final class WindowsProtection implements ProtectedFileStore.Protection {

    @Override
    public byte[] protect(byte[] plain, byte[] context) throws GeneralSecurityException {
        return DataProtection.protect(plain, context);
    }

    @Override
    public byte[] unprotect(byte[] cipher, byte[] context) throws GeneralSecurityException {
        return DataProtection.unprotect(cipher, context);
    }
}
