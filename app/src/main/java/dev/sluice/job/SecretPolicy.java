package dev.sluice.job;

/** Whether a server's secret is kept. */
public enum SecretPolicy {
    /** It is asked for each time, and never kept. */
    ASK("ask"),
    /** It is kept in the platform's store for secrets. */
    STORE("store");

    private final String word;

    SecretPolicy(String word) {
        this.word = word;
    }

    /** The word for it on the command line and in files. */
    public String word() {
        return word;
    }

    /** The policy with this word, in any case. */
    public static SecretPolicy of(String word) {
        for (SecretPolicy policy : values()) {
            if (policy.word.equalsIgnoreCase(word)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is no way to treat a secret; use ask or store");
    }
}
