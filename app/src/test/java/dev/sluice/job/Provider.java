package dev.sluice.job;

import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.jna.NativeDouble;

/** The ways to reach a device set that jobs are tried through. */
enum Provider {
    /** Both ends in this process. */
    EMBEDDED {
        @Override
        CloseWatchingVdi open() {
            return new CloseWatchingVdi(new EmbeddedVdi());
        }
    },
    /** Both ends through COM, by the double of {@code sqlvdi.dll}. */
    COM {
        @Override
        CloseWatchingVdi open() {
            return CloseWatchingVdi.ofDouble(NativeDouble.com());
        }
    },
    /** The client through the double of {@code libsqlvdi.so}, the server through the double's. */
    POSIX {
        @Override
        CloseWatchingVdi open() {
            return CloseWatchingVdi.ofDouble(NativeDouble.posix());
        }
    };

    /** Device sets that note what is done wrong. */
    abstract CloseWatchingVdi open();
}
