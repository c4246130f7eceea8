package dev.sluice.tds;

/** What a server makes of TLS. */
public enum Encryption {
    /** It has none: everything is in clear, and a client that insists is turned away. */
    NOT_SUPPORTED,
    /** As the client wishes; one that wishes for none has its login encrypted all the same. */
    AVAILABLE,
    /** Everything is encrypted, whatever the client wishes. */
    REQUIRED,
    /** TDS 8.0: TLS comes first, before a byte of TDS. */
    STRICT;

    /** What PRELOGIN answers the client's wish (the table in section 2.2.6.5). */
    int answer(PreLogin client) {
        return switch (this) {
            case NOT_SUPPORTED, STRICT -> PreLogin.NOT_SUPPORTED;
            case AVAILABLE -> client.encryption();
            case REQUIRED -> client.encryption() == PreLogin.ON ? PreLogin.ON : PreLogin.REQUIRED;
        };
    }
}
