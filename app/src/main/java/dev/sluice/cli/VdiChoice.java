package dev.sluice.cli;

import java.util.Locale;

/** How the embedded server reaches its device sets. */
public enum VdiChoice {
    /** The server's own way, which is {@link #EMBEDDED}. */
    AUTO,
    /** Through Sluice's own implementation of both ends. */
    EMBEDDED,
    /** Through SQL Server's own library, which has both ends on Windows only. */
    NATIVE;

    /** The word on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
