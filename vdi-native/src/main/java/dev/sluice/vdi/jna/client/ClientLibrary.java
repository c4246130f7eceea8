package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.VdiException;

/** A loaded native library that has the client's end. Safe from any thread. */
public interface ClientLibrary {

    /** A short name for people and for manifests, such as {@code libsqlvdi.so}. */
    String name();

    /**
     * Makes a native device set object that holds no set yet. The caller owns it and ends it with
     * {@link ClientBinding#release()}.
     *
     * @throws VdiException when the library refuses, with the library's own number
     */
    ClientBinding newDeviceSet() throws VdiException;
}
