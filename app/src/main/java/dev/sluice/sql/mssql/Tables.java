package dev.sluice.sql.mssql;

import dev.sluice.sql.ResultTable;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Result sets of the driver as tables of our own. */
final class Tables {

    private Tables() {}

    /** Reads it to its end and closes it. */
    static ResultTable read(ResultSet results) throws SQLException {
        try (results) {
            ResultSetMetaData meta = results.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                columns.add(meta.getColumnLabel(column));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    row.add(value(results.getObject(column)));
                }
                rows.add(row);
            }
            return new ResultTable(columns, rows);
        }
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Short small -> small.intValue();
            // LSNs are decimal numbers of 25 digits
            case BigDecimal number -> number.toPlainString();
            case Timestamp time -> time.toLocalDateTime();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case String text -> text;
            case Long number -> number;
            case Integer number -> number;
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }
}
