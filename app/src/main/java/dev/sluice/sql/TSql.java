package dev.sluice.sql;

import dev.sluice.words.RefusedValueException;
import dev.sluice.words.Told;

import java.nio.charset.StandardCharsets;

/** How names and texts are written in T-SQL, so that no content can leave its quotes. */
public final class TSql {

    /** The most UTF-16 units a name may have. */
    public static final int MAX_NAME_LENGTH = 128;

    private TSql() {}

    /** A name as a delimited identifier: in brackets, {@code ]} doubled. */
    public static String quoteName(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    /** A text as a Unicode string literal: {@code N'…'}, {@code '} doubled. */
    public static String quoteString(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    /**
     * Refuses what cannot be the name of a database.
     *
     * @return the name
     * @throws IllegalArgumentException when it is blank, longer than {@link #MAX_NAME_LENGTH}, or
     *     has half a surrogate pair, which no file could keep
     */
    public static String checkName(String name) {
        if (name.isBlank()) {
            throw new RefusedValueException(Told.of("rule.name.empty"));
        }
        if (name.length() > MAX_NAME_LENGTH) {
            throw new RefusedValueException(
                    Told.of("rule.name.long", name.length(), MAX_NAME_LENGTH));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new RefusedValueException(Told.of("rule.name.half"));
        }
        return name;
    }
}
