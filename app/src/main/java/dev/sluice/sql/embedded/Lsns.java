package dev.sluice.sql.embedded;

import dev.sluice.media.mtf.Lsn;

/**
 * LSNs of the embedded server: the version of the store, which grows by one with every chunk that
 * is stored.
 */
final class Lsns {

    private Lsns() {}

    /** The LSN of a version of the store. */
    static Lsn of(long version) {
        return version == 0 ? Lsn.ZERO : new Lsn(version >>> 32, version & 0xFFFF_FFFFL, 1);
    }
}
