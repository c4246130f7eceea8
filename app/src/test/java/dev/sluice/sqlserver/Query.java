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
 * @param text all of it
 * @param view without a database; empty for a query without FROM
 * @param database whose view it is, where the query says that; otherwise empty
 * @param session the number of the session it is about; 0 for none
 * @param columns their names
 */
record Query(String text, String view, String database, int session, List<String> columns) {

    private static final Pattern NAME = Pattern.compile("(?:\\bAS\\s+|\\.|^)\\[?(\\w+)]?$");
    private static final Pattern VIEW =
            Pattern.compile("^(?:\\[(.+)]\\.)?([\\w.]+)(?:\\s+AS\\s+\\w+)?\\s*(.*)$");

    /** What may come after the view; only a session changes what the double answers. */
    private static final Pattern REST =
            Pattern.compile(
                    "(?:WHERE \\w+\\.name <> N'tempdb' )?(?:ORDER BY [\\w., ]+)?"
                            + "|WHERE \\w+\\.session_id = (\\d+)"
                            + "|WHERE \\w+\\.pvt_key_encryption_type <> 'NA'"
                            + "(?: OR \\w+\\.provider_type IS NOT NULL)?"
                            + "|CROSS APPLY sys\\.dm_os_volume_stats"
                            + "\\(\\w+\\.database_id, \\w+\\.file_id\\) AS \\w+");

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
        List<String> columns = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = "SELECT ".length();
        for (int at = start; at < select.length(); at++) {
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
                columns.add(name(select.substring(start, at)));
                return of(text, select.substring(at + " FROM ".length()), columns);
            }
        }
        columns.add(name(select.substring(start)));
        return new Query(text, "", "", 0, columns);
    }

    private static Query of(String text, String from, List<String> columns) {
        if (from.contains(" FROM " + RecordQuery.VIEW)) {
            return new Query(text, RecordQuery.VIEW, "", 0, columns);
        }
        Matcher view = VIEW.matcher(from);
        Matcher rest = REST.matcher(view.matches() ? view.group(3) : "?");
        if (!rest.matches()) {
            throw new AssertionError("the double cannot look into: " + from);
        }
        String session = rest.group(1);
        String database = view.group(1);
        return new Query(
                text,
                view.group(2),
                database == null ? "" : database.replace("]]", "]"),
                session == null ? 0 : Integer.parseInt(session),
                columns);
    }

    /** Whether one of its expressions names this column of the view. */
    boolean asksFor(String column) {
        return text.contains("." + column);
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
            reply.columns(
                    columns.stream()
                            .map(name -> new Column(name, SqlType.nvarchar(512)))
                            .toArray(Column[]::new));
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
