package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;

import java.io.IOException;
import java.util.Optional;

/** The registry of Windows. */
final class Registry implements Registrations {

    private static final String DEFAULT_VALUE = "";

    @Override
    public Optional<String> inprocServer(String classId, int bits) throws IOException {
        String key = "CLSID\\" + classId + "\\InprocServer32";
        try {
            return text(key, bits == 32 ? WinNT.KEY_WOW64_32KEY : WinNT.KEY_WOW64_64KEY);
        } catch (RuntimeException e) {
            // Win32Exception, and a plain one where the value is no text
            throw new IOException("HKEY_CLASSES_ROOT\\%s: %s".formatted(key, e.getMessage()), e);
        }
    }

    private static Optional<String> text(String key, int view) {
        if (!Advapi32Util.registryValueExists(WinReg.HKEY_CLASSES_ROOT, key, DEFAULT_VALUE, view)) {
            return Optional.empty();
        }
        String value =
                Advapi32Util.registryGetStringValue(
                        WinReg.HKEY_CLASSES_ROOT, key, DEFAULT_VALUE, view);
        return Optional.of(Kernel32Util.expandEnvironmentStrings(value));
    }
}
