package dev.sluice.vdi.jna.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.util.function.IntSupplier;

/**
 * The mask of permissions for new files. SQL Server, another user of the same group, opens what the
 * client makes (vdi-facts section D), and the usual mask of a careful user would keep it out.
 * Nobody says which calls make something: Create does, OpenDevice and OpenInSecondary may. The mask
 * is the process's, so it is changed for these short calls only, by one thread at a time.
 */
final class Umask {

    /** Owner and group may; others may not. */
    private static final int GROUP_ALLOWED = 0007;

    static {
        Native.register(Umask.class, Platform.C_LIBRARY_NAME);
    }

    private Umask() {}

    private static native int umask(int mask);

    static synchronized int allowingTheGroup(IntSupplier call) {
        int before = umask(GROUP_ALLOWED);
        try {
            return call.getAsInt();
        } finally {
            umask(before);
        }
    }
}
