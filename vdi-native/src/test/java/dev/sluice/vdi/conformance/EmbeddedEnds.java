package dev.sluice.vdi.conformance;

import dev.sluice.vdi.embedded.EmbeddedVdi;

import java.util.EnumSet;

/** The embedded set. Its memory and threads go with its ends, so nothing is counted. */
public final class EmbeddedEnds extends Ends {

    /** Ends of one name space. */
    public EmbeddedEnds(EmbeddedVdi vdi) {
        super(vdi, vdi, EnumSet.complementOf(EnumSet.of(Trait.CLOSE_WAITS_FOR_COMMANDS)));
    }

    @Override
    protected int races() {
        return 1500;
    }
}
