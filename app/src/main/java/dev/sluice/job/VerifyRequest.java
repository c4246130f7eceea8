package dev.sluice.job;

import java.nio.file.Path;

/**
 * Asks the server to read a whole backup set and check it, by RESTORE VERIFYONLY.
 *
 * @param server name of the server
 * @param set folder of the backup set: the one that holds manifest.json
 * @param limitRate bytes per second for all devices together; 0 for no limit
 */
public record VerifyRequest(String server, Path set, long limitRate) {

    /** Refuses what can never work, with the rule. */
    public VerifyRequest {
        if (limitRate < 0) {
            throw new IllegalArgumentException(
                    "a rate limit of %d bytes per second is negative".formatted(limitRate));
        }
    }
}
