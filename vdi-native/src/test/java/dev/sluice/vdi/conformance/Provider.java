package dev.sluice.vdi.conformance;

import dev.sluice.vdi.embedded.EmbeddedVdi;

/** The ways to reach a device set that the suite runs through. */
enum Provider {
    /** Both ends in this process. */
    EMBEDDED {
        @Override
        Ends open() {
            return new EmbeddedEnds(new EmbeddedVdi());
        }
    };

    /** Both ends, with no set yet. */
    abstract Ends open() throws Exception;
}
