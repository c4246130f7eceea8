package dev.sluice.media;

/** Follows a verification, and may stop it. Called from several threads. */
public interface VerifyListener {

    /** Neither listens nor stops. */
    VerifyListener NONE = (done, total) -> true;

    /**
     * More was verified.
     *
     * @param done bytes of all stripes so far
     * @param total bytes of all stripes
     * @return whether to go on; false stops the verification
     */
    boolean verified(long done, long total);
}
