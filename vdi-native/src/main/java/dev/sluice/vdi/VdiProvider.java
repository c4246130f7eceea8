package dev.sluice.vdi;

/**
 * One way to reach a virtual device set: embedded in this process, {@code sqlvdi.dll} on Windows,
 * or {@code libsqlvdi.so} on Linux. Safe for use from any thread.
 */
public interface VdiProvider {

    /** A short name for people and for manifests, such as {@code embedded}. */
    String name();

    /**
     * Makes a client device set object that holds no set yet (state DNE). The caller owns it and
     * ends it with {@link ClientDeviceSet#close()}.
     */
    ClientDeviceSet newDeviceSet();
}
