package dev.sluice.sql;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A result set, read whole. Values are String, Long, Integer, Boolean, java.time types or null.
 *
 * @param columns names in order
 * @param rows each as long as columns
 */
public record ResultTable(List<String> columns, List<List<@Nullable Object>> rows) {

    /** The value of a column in a row; fails for an unknown column. */
    public @Nullable Object value(int row, String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("no column \"" + column + "\" among " + columns);
        }
        return rows.get(row).get(index);
    }
}
