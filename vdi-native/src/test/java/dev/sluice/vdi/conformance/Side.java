package dev.sluice.vdi.conformance;

import dev.sluice.vdi.VdiException;

/** Who aborts. */
enum Side {
    CLIENT {
        @Override
        void abort(Rig rig) throws VdiException {
            rig.client.signalAbort();
        }
    },
    SERVER {
        @Override
        void abort(Rig rig) throws VdiException {
            rig.server.signalAbort();
        }
    };

    abstract void abort(Rig rig) throws VdiException;
}
