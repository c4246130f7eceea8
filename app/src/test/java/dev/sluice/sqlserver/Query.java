package dev.sluice.sqlserver;

import dev.sluice.tds.Column;
import dev.sluice.tds.Reply;
import dev.sluice.tds.SqlType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SELECT, as far as the double understands one: which view it reads, and how it calls its
 * columns. What a column means, its name says; the expression behind it is SQL Server's to judge.
 *
 * @param view empty for a query without FROM
 * @param columns their names
 */
record Query(String view, List<String> columns) {

    private static final Pattern NAME = Pattern.compile("(?:\\bAS\\s+|\\.|^)\\[?(\\w+)]?$");
    private static final Pattern VIEW = Pattern.compile("^([\\w.]+)(?:\\s+AS\\s+\\w+)?\\s*(.*)$");

    /** What may come after the view; none of it changes what the double answers. */
    private static final Pattern REST =
            Pattern.compile("(WHERE \\w+\\.name <> N'tempdb' )?(ORDER BY [\\w., ]+)?");

    /** A value of a column. */
    record Cell(SqlType type, @Nullable Object value) {

        static Cell text(@Nullable String value) {
            return new Cell(SqlType.nvarchar(512), value);
        }

        static Cell flag(boolean value) {
            return new Cell(SqlType.BIT, value);
        }

        static Cell number(long value) {
            return new Cell(SqlType.BIGINT, value);
        }
    }

    static Query read(String text) {
        String select = text.strip();
        if (!select.startsWith("SELECT ")) {
            throw new AssertionError("no query: " + text);
        }
        List<String> columns = new ArrayList<>();
        String view = "";
        int depth = 0;
        boolean quoted = false;
        int start = "SELECT ".length();
        int at = start;
        for (; at < select.length() && view.isEmpty(); at++) {
            char c = select.charAt(at);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth > 0 || quoted) {
                continue;
            }
            if (c == ',') {
                columns.add(name(select.substring(start, at)));
                start = at + 1;
            } else if (select.startsWith(" FROM ", at)) {
                view = view(select.substring(at + " FROM ".length()));
                columns.add(name(select.substring(start, at)));
            }
        }
        if (view.isEmpty()) {
            columns.add(name(select.substring(start)));
        }
        return new Query(view, columns);
    }

    private static String view(String from) {
        Matcher view = VIEW.matcher(from);
        if (!view.matches() || !REST.matcher(view.group(2)).matches()) {
            throw new AssertionError("the double cannot look into: " + from);
        }
        return view.group(1);
    }

    private static String name(String column) {
        Matcher name = NAME.matcher(column.strip());
        if (!name.find()) {
            throw new AssertionError("a column without a name: " + column);
        }
        return name.group(1);
    }

    /** Answers with the columns asked for, of rows that have these and perhaps more. */
    void answer(List<Map<String, Cell>> rows, Reply reply) throws IOException {
        boolean first = true;
        for (Map<String, Cell> row : rows) {
            List<Cell> cells = columns.stream().map(name -> cell(row, name)).toList();
            if (first) {
                Column[] all = new Column[columns.size()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = new Column(columns.get(i), cells.get(i).type());
                }
                reply.columns(all);
            }
            first = false;
            reply.row(cells.stream().map(Cell::value).toArray());
        }
        if (first) {
            throw new AssertionError("the double has no row for " + this);
        }
    }

    private Cell cell(Map<String, Cell> row, String name) {
        Cell cell = row.get(name);
        if (cell == null) {
            throw new AssertionError("the double has no column %s for %s".formatted(name, this));
        }
        return cell;
    }
}
