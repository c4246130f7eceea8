package dev.sluice.sql.embedded;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares every row of every table of two embedded databases, in the order of their keys, without
 * holding more than a row of each.
 */
public final class DatabaseComparison {

    private static final int LARGE = 64 << 10;

    private final Connection left;
    private final Connection right;

    private DatabaseComparison(Connection left, Connection right) {
        this.left = left;
        this.right = right;
    }

    /**
     * What was found.
     *
     * @param tables one entry per table that either database has, by name
     */
    public record Result(List<Table> tables) {

        /** Whether both have the same tables with the same rows. */
        public boolean isEqual() {
            return differences().isEmpty();
        }

        /** The first difference of each table that has one. */
        public List<String> differences() {
            return tables.stream().map(Table::difference).filter(Objects::nonNull).toList();
        }

        /** Rows of all tables that were compared and are equal. */
        public long equalRows() {
            return tables.stream().mapToLong(Table::equalRows).sum();
        }
    }

    /**
     * One table.
     *
     * @param name schema and name
     * @param equalRows rows that are equal, up to the first difference
     * @param difference what the first difference is; null when there is none
     */
    public record Table(String name, long equalRows, @Nullable String difference) {}

    /**
     * Compares two databases. Neither should be written to meanwhile.
     *
     * @throws SQLException when one cannot be read
     */
    public static Result compare(Connection left, Connection right) throws SQLException {
        return new DatabaseComparison(left, right).compare();
    }

    private record Column(String name, String type) {}

    private Result compare() throws SQLException {
        Map<String, List<Column>> leftTables = tables(left);
        Map<String, List<Column>> rightTables = tables(right);
        TreeSet<String> names = new TreeSet<>(leftTables.keySet());
        names.addAll(rightTables.keySet());
        List<Table> found = new ArrayList<>();
        for (String name : names) {
            List<Column> leftColumns = leftTables.get(name);
            List<Column> rightColumns = rightTables.get(name);
            if (leftColumns == null || rightColumns == null) {
                String side = leftColumns == null ? "left" : "right";
                found.add(new Table(name, 0, name + " is missing on the " + side));
            } else if (!leftColumns.equals(rightColumns)) {
                found.add(
                        new Table(
                                name,
                                0,
                                "%s has columns %s and %s"
                                        .formatted(name, leftColumns, rightColumns)));
            } else {
                found.add(compareRows(name));
            }
        }
        return new Result(found);
    }

    /** The quoted names of all tables, each with its columns and their types. */
    private static Map<String, List<Column>> tables(Connection connection) throws SQLException {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                SELECT C.TABLE_SCHEMA, C.TABLE_NAME, C.COLUMN_NAME, C.DATA_TYPE
                                FROM INFORMATION_SCHEMA.COLUMNS C
                                JOIN INFORMATION_SCHEMA.TABLES T
                                    ON T.TABLE_SCHEMA = C.TABLE_SCHEMA AND T.TABLE_NAME = C.TABLE_NAME
                                WHERE T.TABLE_TYPE = 'BASE TABLE'
                                    AND T.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
                                ORDER BY 1, 2, C.ORDINAL_POSITION\
                                """)) {
            while (rows.next()) {
                String name = quote(rows.getString(1)) + "." + quote(rows.getString(2));
                tables.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(new Column(rows.getString(3), rows.getString(4)));
            }
        }
        return tables;
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private Table compareRows(String name) throws SQLException {
        String query = "SELECT * FROM " + name + order(name);
        try (Rows leftRows = new Rows(left, query);
                Rows rightRows = new Rows(right, query)) {
            long count = 0;
            while (true) {
                boolean more = leftRows.next();
                if (more != rightRows.next()) {
                    return different(
                            name,
                            count,
                            "more rows on the %s than on the %s"
                                    .formatted(more ? "left" : "right", more ? "right" : "left"));
                }
                if (!more) {
                    return new Table(name, count, null);
                }
                String column = leftRows.differingColumn(rightRows);
                if (column != null) {
                    return different(name, count, "another value in column " + column);
                }
                count++;
            }
        }
    }

    private static Table different(String name, long equalRows, String what) {
        return new Table(
                name, equalRows, "%s, after %d equal rows: %s".formatted(name, equalRows, what));
    }

    /** By the primary key; by every column that can be ordered where there is none. */
    private String order(String table) throws SQLException {
        String keys = keys(table);
        if (keys.isEmpty()) {
            keys = orderable(table);
        }
        return keys.isEmpty() ? "" : " ORDER BY " + keys;
    }

    private String keys(String table) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = left.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                SELECT U.TABLE_SCHEMA, U.TABLE_NAME, U.COLUMN_NAME
                                FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE U
                                JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS C
                                    ON C.CONSTRAINT_SCHEMA = U.CONSTRAINT_SCHEMA
                                    AND C.CONSTRAINT_NAME = U.CONSTRAINT_NAME
                                WHERE C.CONSTRAINT_TYPE = 'PRIMARY KEY'
                                ORDER BY U.ORDINAL_POSITION\
                                """)) {
            while (rows.next()) {
                if (table.equals(quote(rows.getString(1)) + "." + quote(rows.getString(2)))) {
                    keys.add(quote(rows.getString(3)));
                }
            }
        }
        return String.join(", ", keys);
    }

    private String orderable(String table) throws SQLException {
        return tables(left).getOrDefault(table, List.of()).stream()
                .filter(column -> !column.type.endsWith("LARGE OBJECT"))
                .map(column -> quote(column.name))
                .collect(Collectors.joining(", "));
    }

    /** The rows of a query, one at a time. */
    private static final class Rows implements AutoCloseable {

        private final Statement statement;
        private final ResultSet rows;
        private final int columns;

        Rows(Connection connection, String query) throws SQLException {
            statement = connection.createStatement();
            statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
            rows = statement.executeQuery(query);
            columns = rows.getMetaData().getColumnCount();
        }

        boolean next() throws SQLException {
            return rows.next();
        }

        /** The first column in which two rows differ, or null. */
        @Nullable String differingColumn(Rows other) throws SQLException {
            for (int column = 1; column <= columns; column++) {
                if (!isEqual(column, other)) {
                    return rows.getMetaData().getColumnName(column);
                }
            }
            return null;
        }

        private boolean isEqual(int column, Rows other) throws SQLException {
            return switch (rows.getMetaData().getColumnType(column)) {
                case Types.BLOB ->
                        isEqual(rows.getBinaryStream(column), other.rows.getBinaryStream(column));
                case Types.CLOB ->
                        isEqual(
                                rows.getCharacterStream(column),
                                other.rows.getCharacterStream(column));
                default -> Objects.deepEquals(rows.getObject(column), other.rows.getObject(column));
            };
        }

        private static boolean isEqual(@Nullable InputStream a, @Nullable InputStream b)
                throws SQLException {
            if (a == null || b == null) {
                return a == b;
            }
            try (a;
                    b) {
                while (true) {
                    byte[] left = a.readNBytes(LARGE);
                    byte[] right = b.readNBytes(LARGE);
                    if (!Arrays.equals(left, right)) {
                        return false;
                    }
                    if (left.length == 0) {
                        return true;
                    }
                }
            } catch (IOException e) {
                throw new SQLException("a large value cannot be read", e);
            }
        }

        private static boolean isEqual(@Nullable Reader a, @Nullable Reader b) throws SQLException {
            if (a == null || b == null) {
                return a == b;
            }
            try (a;
                    b) {
                return a.readAllAsString().equals(b.readAllAsString());
            } catch (IOException e) {
                throw new SQLException("a large text cannot be read", e);
            }
        }

        @Override
        public void close() throws SQLException {
            rows.close();
            statement.close();
        }
    }
}
