package dev.sluice.sql.embedded;

/**
 * A piece of a statement's text.
 *
 * @param kind what it is
 * @param text a word or symbol as written; the content of a name or a string without its quotes
 * @param line from 1
 * @param column from 1
 */
record Token(Kind kind, String text, int line, int column) {

    /** What a token is. */
    enum Kind {
        /** A keyword or a regular identifier. */
        WORD,
        /** A delimited identifier. */
        NAME,
        /** A string literal. */
        STRING,
        /** Digits. */
        NUMBER,
        /** A single character of punctuation. */
        SYMBOL,
        /** The end of the text. */
        END
    }

    /** Whether it is this keyword, in any case. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** Whether it is this punctuation. */
    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
