package dev.sluice.ui.sidebar;

import dev.sluice.job.JobKind;
import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists the databases of all servers with their last backups. Waits for servers and disks. */
final class DatabaseLister {

    private final SluiceEngine engine;

    DatabaseLister(SluiceEngine engine) {
        this.engine = engine;
    }

    List<DatabaseRow> list() throws SqlServerException, IOException {
        List<RunRecord> history = engine.history().list();
        List<DatabaseRow> rows = new ArrayList<>();
        for (SqlServer server : engine.servers()) {
            try (SqlSession session = server.connect()) {
                session.databases().forEach(info -> rows.add(row(server.name(), info, history)));
            }
        }
        return rows;
    }

    private static DatabaseRow row(String server, DatabaseInfo info, List<RunRecord> history) {
        RunRecord last =
                history.stream()
                        .filter(run -> isBackup(run, server, info.name()))
                        .findFirst()
                        .orElse(null);
        return new DatabaseRow(server, info, last);
    }

    private static boolean isBackup(RunRecord run, String server, String database) {
        return run.kind() == JobKind.BACKUP
                && run.outcome() == RunRecord.Outcome.COMPLETED
                && run.server().equals(server)
                && run.database().equals(database);
    }
}
