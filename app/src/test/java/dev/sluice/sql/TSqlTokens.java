package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts T-SQL into tokens by SQL Server's documentation of identifiers and constants, for what our
 * statements are made of. Shares nothing with the product, neither the writer nor a reader.
 */
public final class TSqlTokens {

    /**
     * A token.
     *
     * @param kind the group of {@link #TOKEN} it is of
     * @param content what it stands for: without quotes, doubled quotes once
     */
    public record Token(Kind kind, String content) {}

    /** What a token is. */
    public enum Kind {
        NAME,
        STRING,
        NUMBER,
        WORD,
        SYMBOL
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<NAME>\\[(?:[^]]++|]])*+])"
                            + "|(?<STRING>N'(?:[^']++|'')*+')"
                            + "|(?<NUMBER>[0-9]++)"
                            + "|(?<WORD>[A-Za-z_]++)"
                            + "|(?<SYMBOL>[=,()])"
                            + "|(?<blank> )");

    private TSqlTokens() {}

    /** The tokens; fails for anything that is none of them, such as a comment or an open quote. */
    public static List<Token> of(String statement) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(statement);
        int at = 0;
        while (at < statement.length()) {
            if (!matcher.find() || matcher.start() != at) {
                throw new AssertionError("no token at " + at + " of: " + statement);
            }
            for (Kind kind : Kind.values()) {
                String found = matcher.group(kind.name());
                if (found != null) {
                    tokens.add(new Token(kind, content(kind, found)));
                }
            }
            at = matcher.end();
        }
        return tokens;
    }

    private static String content(Kind kind, String found) {
        return switch (kind) {
            case NAME -> found.substring(1, found.length() - 1).replace("]]", "]");
            case STRING -> found.substring(2, found.length() - 1).replace("''", "'");
            case NUMBER, WORD, SYMBOL -> found;
        };
    }
}
