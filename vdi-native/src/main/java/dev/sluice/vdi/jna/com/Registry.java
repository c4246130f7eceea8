package dev.sluice.vdi.jna.com;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;

import java.util.Optional;

/** The registry of Windows. */
final class Registry implements Registrations {

    private static final String DEFAULT_VALUE = "";

    @Override
    public Optional<String> inprocServer(String classId, int bits) {
        String key = "CLSID\\" + classId + "\\InprocServer32";
        int view = bits == 32 ? WinNT.KEY_WOW64_32KEY : WinNT.KEY_WOW64_64KEY;
        if (!Advapi32Util.registryValueExists(WinReg.HKEY_CLASSES_ROOT, key, DEFAULT_VALUE, view)) {
            return Optional.empty();
        }
        String value =
                Advapi32Util.registryGetStringValue(
                        WinReg.HKEY_CLASSES_ROOT, key, DEFAULT_VALUE, view);
        return Optional.of(Kernel32Util.expandEnvironmentStrings(value));
    }
}
