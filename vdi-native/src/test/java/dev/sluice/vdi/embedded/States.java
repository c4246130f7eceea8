package dev.sluice.vdi.embedded;

import dev.sluice.vdi.conformance.Rig;
import dev.sluice.vdi.protocol.DeviceSetState;

/** The states of the embedded ends, as they are kept inside. */
final class States {

    private States() {}

    static DeviceSetState client(Rig rig) {
        return ((EmbeddedClientDeviceSet) rig.client).state();
    }

    static DeviceSetState server(Rig rig) {
        return ((EmbeddedServerDeviceSet) rig.server).state();
    }
}
