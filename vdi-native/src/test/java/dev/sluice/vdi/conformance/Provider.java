package dev.sluice.vdi.conformance;

import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.jna.NativeDouble;

/** The ways to reach a device set that the suite runs through. */
enum Provider {
    /** Both ends in this process. */
    EMBEDDED {
        @Override
        Ends open() {
            return new EmbeddedEnds(new EmbeddedVdi());
        }
    },
    /** Both ends through COM, by the double of {@code sqlvdi.dll}. */
    COM {
        @Override
        Ends open() {
            return new NativeEnds(NativeDouble.com());
        }
    },
    /** A client through the double of {@code libsqlvdi.so}, and the double's own server. */
    POSIX {
        @Override
        Ends open() {
            return new NativeEnds(NativeDouble.posix());
        }
    };

    /** Both ends, with no set yet. */
    abstract Ends open();
}
