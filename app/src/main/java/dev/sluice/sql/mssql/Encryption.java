package dev.sluice.sql.mssql;

/**
 * How a connection is encrypted. There is no way without: passwords and the messages of a backup
 * would cross the network for anyone to read.
 */
public enum Encryption {
    /** Agreed on inside the SQL Server protocol; every supported version has it. */
    MANDATORY("mandatory"),
    /** TLS before anything else (TDS 8.0); SQL Server 2022 and newer. */
    STRICT("strict");

    private final String word;

    Encryption(String word) {
        this.word = word;
    }

    /** The word for it on the command line and in files. */
    public String word() {
        return word;
    }

    /** The encryption with this word, in any case. */
    public static Encryption of(String word) {
        for (Encryption encryption : values()) {
            if (encryption.word.equalsIgnoreCase(word)) {
                return encryption;
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is no encryption; use mandatory or strict (Sluice never connects without)"
                        .formatted(word));
    }
}
