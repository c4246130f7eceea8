package dev.sluice.vdi.server;

/** A provider that also offers the server's end. */
public interface ServerVdiProvider {

    /** Makes a server device set object that is attached to nothing yet (state DNE). */
    ServerDeviceSet newServerDeviceSet();
}
