package dev.sluice.vdi.jna.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;

import java.util.function.IntSupplier;

/**
 * The mask of permissions for new files. SQL Server, another user of the same group, opens what the
 * client makes (vdi-facts section D), and the usual mask of a careful user would keep it out.
 * Nobody says which calls make something: Create does, OpenDevice and OpenInSecondary may. The mask
 * is the process's, so it is changed while a thread is inside one of these calls and no longer; and
 * since OpenDevice may wait for the server, others go in meanwhile.
 */
final class Umask {

    /** Owner and group may; others may not. */
    private static final int GROUP_ALLOWED = 0007;

    static {
        Native.register(Umask.class, Platform.C_LIBRARY_NAME);
    }

    private static int inside;
    private static int before;

    private Umask() {}

    private static native int umask(int mask);

    static int allowingTheGroup(IntSupplier call) {
        enter();
        try {
            return call.getAsInt();
        } finally {
            leave();
        }
    }

    private static synchronized void enter() {
        if (inside++ == 0) {
            before = umask(GROUP_ALLOWED);
        }
    }

    private static synchronized void leave() {
        if (--inside == 0) {
            umask(before);
        }
    }
}
