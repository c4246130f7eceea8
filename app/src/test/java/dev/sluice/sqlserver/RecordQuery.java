package dev.sluice.sqlserver;

import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sqlserver.Query.Cell;
import dev.sluice.tds.SqlType;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The question for the newest backups in {@code msdb}. The double carries out what the text says:
 * its conditions, its groups, and how it turns a local time into UTC. What it cannot read ends the
 * test.
 */
final class RecordQuery {

    /** The view it is about. */
    static final String VIEW = "msdb.dbo.backupset";

    private static final Pattern FORM =
            Pattern.compile(
                    "SELECT .*?, CONVERT\\(char\\(19\\), (?<started>.*), 126\\) AS started,"
                        + " CONVERT\\(char\\(19\\), (?<shown>.*), 126\\) AS finished, .*\\(SELECT"
                        + " MIN\\((\\w)\\.physical_device_name\\) FROM"
                        + " msdb\\.dbo\\.backupmediafamily AS \\3 WHERE \\3\\.media_set_id ="
                        + " b\\.media_set_id\\) AS device FROM \\(SELECT d\\.name AS database_name,"
                        + " MAX\\(CAST\\((?<time>.*) AS binary\\(8\\)\\) \\+"
                        + " CAST\\(s\\.backup_set_id AS binary\\(4\\)\\)\\) AS time_and_id FROM"
                        + " msdb\\.dbo\\.backupset AS s JOIN sys\\.databases AS d ON d\\.name ="
                        + " s\\.database_name COLLATE DATABASE_DEFAULT LEFT JOIN"
                        + " sys\\.database_recovery_status AS r ON r\\.database_id ="
                        + " d\\.database_id LEFT JOIN msdb\\.dbo\\.backupmediafamily AS m ON"
                        + " m\\.media_set_id = s\\.media_set_id WHERE (?<where>.*) GROUP BY"
                        + " (?<groups>[^()]*)\\) AS newest JOIN msdb\\.dbo\\.backupset AS b ON"
                        + " b\\.backup_set_id = CAST\\(SUBSTRING\\(newest\\.time_and_id, 9, 4\\) AS"
                        + " int\\)");
    private static final Pattern UTC =
            Pattern.compile(
                    "DATEADD\\(MINUTE, -CASE WHEN (\\w)\\.time_zone BETWEEN (-?\\d+) AND (-?\\d+)"
                        + " THEN (\\d+) \\* \\1\\.time_zone ELSE DATEPART\\(TZOFFSET,"
                        + " SYSDATETIMEOFFSET\\(\\)\\) END, \\1\\.backup_(?:start|finish)_date\\)");
    private static final Pattern IS_ZERO = Pattern.compile("s\\.(\\w+) = 0");
    private static final Pattern NOT_ON =
            Pattern.compile(
                    "NOT EXISTS \\(SELECT \\* FROM msdb\\.dbo\\.backupmediafamily AS (\\w)"
                            + " WHERE \\1\\.media_set_id = s\\.media_set_id"
                            + " AND \\1\\.physical_device_name IN \\(([^()]*)\\)\\)");
    private static final Pattern LIST = Pattern.compile(", ");
    static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final Map<String, ServerDatabase> databases;
    private final String where;
    private final List<String> groups;
    private final Matcher utc;

    /**
     * @param databases those of the server, by their names in lower case
     */
    RecordQuery(Query query, Map<String, ServerDatabase> databases) {
        this.databases = databases;
        Matcher form = match(FORM, query.text());
        where = form.group("where");
        groups = LIST.splitAsStream(form.group("groups")).toList();
        utc = match(UTC, form.group("shown"));
        Matcher sought = match(UTC, form.group("time"));
        if (!sought.group().replace("s.", "b.").equals(utc.group())) {
            throw new AssertionError("one time is sought and another told: " + query.text());
        }
        Matcher began = match(UTC, form.group("started"));
        if (!began.group().replace("start_date", "finish_date").equals(utc.group())) {
            throw new AssertionError("the start is told by another clock: " + query.text());
        }
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError("the double cannot look into: " + text);
        }
        return matcher;
    }

    /** The answer, from a record in the order in which it was written. */
    List<Map<String, Cell>> answer(List<RecordedRow> record) {
        Map<List<Object>, RecordedRow> newest = new LinkedHashMap<>();
        for (RecordedRow row : record) {
            ServerDatabase database = databases.get(row.database().toLowerCase(Locale.ROOT));
            if (database != null && conditions().stream().allMatch(it -> it.test(row))) {
                newest.merge(
                        groups.stream().map(column -> value(row, database, column)).toList(),
                        row,
                        (kept, other) -> utc(other).isBefore(utc(kept)) ? kept : other);
            }
        }
        return newest.values().stream().map(this::cells).toList();
    }

    private static Object value(RecordedRow row, ServerDatabase database, String column) {
        return switch (column) {
            case "d.name" -> database.name;
            case "s.type" -> row.type();
            case "s.is_copy_only" -> row.flags().contains("is_copy_only");
            case "CASE WHEN m.physical_device_name LIKE N'Sluice-%' THEN 1 ELSE 0 END" ->
                    row.device().startsWith("Sluice-");
            default -> throw new AssertionError("the double cannot group by " + column);
        };
    }

    private LocalDateTime utc(RecordedRow row) {
        return utc(row, row.finished());
    }

    private LocalDateTime utc(RecordedRow row, LocalDateTime local) {
        Integer zone = row.timeZone();
        boolean known = zone != null && zone >= number(2) && zone <= number(3);
        int minutes =
                known && zone != null ? number(4) * zone : RecordedRow.ZONE.getTotalSeconds() / 60;
        return local.minusMinutes(minutes);
    }

    private int number(int group) {
        return Integer.parseInt(utc.group(group));
    }

    private Map<String, Cell> cells(RecordedRow row) {
        ServerDatabase database = databases.get(row.database().toLowerCase(Locale.ROOT));
        return Map.of(
                "started", new Cell(SqlType.character(19), TEXT.format(utc(row, row.started()))),
                "database_name", Cell.text(database == null ? null : database.name),
                "type", new Cell(SqlType.character(1), row.type()),
                "copy_only", Cell.flag(row.flags().contains("is_copy_only")),
                "finished", new Cell(SqlType.character(19), TEXT.format(utc(row))),
                "user_name", Cell.text(row.user()),
                "device", Cell.text(row.device()));
    }

    // ---- conditions

    private List<Predicate<RecordedRow>> conditions() {
        List<Predicate<RecordedRow>> conditions = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < where.length(); at++) {
            char c = where.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && where.startsWith(" AND ", at)) {
                conditions.add(condition(where.substring(start, at)));
                start = at + " AND ".length();
            }
        }
        conditions.add(condition(where.substring(start)));
        return conditions;
    }

    private Predicate<RecordedRow> condition(String text) {
        if (text.equals(
                "s.server_name IN (@@SERVERNAME, CAST(SERVERPROPERTY('ServerName') AS"
                        + " nvarchar(128)))")) {
            return row -> row.server().equals(SqlServerDouble.SERVER_NAME);
        }
        if (text.equals("(r.family_guid IS NULL OR r.family_guid = s.family_guid)")) {
            return row -> isOfFamily(row, databases.get(row.database().toLowerCase(Locale.ROOT)));
        }
        Matcher isZero = IS_ZERO.matcher(text);
        if (isZero.matches()) {
            return row -> !row.flags().contains(isZero.group(1));
        }
        Matcher notOn = match(NOT_ON, text);
        List<String> places = LIST.splitAsStream(notOn.group(2)).toList();
        return row -> places.stream().noneMatch(("N'" + row.device() + "'")::equalsIgnoreCase);
    }

    /** One that is not open does not tell its family. */
    private static boolean isOfFamily(RecordedRow row, @Nullable ServerDatabase database) {
        return database != null
                && (database.state != State.ONLINE || database.family.equals(row.family()));
    }
}
