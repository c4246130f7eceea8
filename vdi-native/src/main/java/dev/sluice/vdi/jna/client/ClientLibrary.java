package dev.sluice.vdi.jna.client;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A loaded native library that has the client's end. Safe from any thread. */
public interface ClientLibrary {

    /** A short name for people and for manifests, such as {@code libsqlvdi.so}. */
    String name();

    /**
     * What is wrong with an instance name, looked at before the library is called; empty when
     * nothing is.
     *
     * @param instanceName null or empty for the default instance
     */
    List<Said> checkInstance(@Nullable String instanceName);

    /**
     * What this library cannot take in the name of a set or a device, beyond {@link
     * dev.sluice.vdi.protocol.ConfigurationRules#checkName}; empty when nothing.
     */
    List<Said> checkName(String name);

    /**
     * Makes a native device set object that holds no set yet. The caller owns it and ends it with
     * {@link ClientBinding#release()}.
     *
     * @throws VdiException when the library refuses, with the library's own number
     */
    ClientBinding newDeviceSet() throws VdiException;
}
