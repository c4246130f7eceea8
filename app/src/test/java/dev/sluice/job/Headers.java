package dev.sluice.job;

import dev.sluice.sql.ResultTable;
import dev.sluice.sql.TransferOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps of a restore whose sets say what a test wants them to, in the columns of RESTORE
 * HEADERONLY. Sets are called /1, /2 and so on.
 */
final class Headers {

    static final int FULL = 1;
    static final int LOG = 2;
    static final int FILES = 4;
    static final int DIFFERENTIAL = 5;

    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    /** A further set. */
    Headers add(int type, long firstLsn, long lastLsn) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("DatabaseName", "Sales");
        row.put("BackupType", type);
        row.put("FirstLSN", firstLsn);
        row.put("LastLSN", lastLsn);
        rows.add(row);
        return this;
    }

    /** A column of the set that was added last. */
    Headers with(String column, @Nullable Object value) {
        rows.getLast().put(column, value);
        return this;
    }

    List<RestoreStep> steps(RestoreRequest.Options options) throws JobException {
        List<Path> sets = new ArrayList<>();
        for (int number = 1; number <= rows.size(); number++) {
            sets.add(Path.of("/" + number));
        }
        RestoreRequest request =
                new RestoreRequest("prod", sets, null, options, TransferOptions.DEFAULT, 0);
        List<RestoreStep> steps = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            RestoreStep step = new RestoreStep(request, index);
            Map<String, @Nullable Object> row = rows.get(index);
            step.contents(
                    BackupContents.of(
                            new ResultTable(
                                    List.copyOf(row.keySet()),
                                    List.of(new ArrayList<>(row.values())))));
            steps.add(step);
        }
        return steps;
    }
}
