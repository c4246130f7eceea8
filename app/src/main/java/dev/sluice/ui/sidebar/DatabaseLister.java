package dev.sluice.ui.sidebar;

import dev.sluice.job.RunRecord;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the databases of all servers with their last backups. Waits for servers and disks. */
final class DatabaseLister {

    private final SluiceEngine engine;

    DatabaseLister(SluiceEngine engine) {
        this.engine = engine;
    }

    List<DatabaseRow> list() throws SqlServerException, IOException {
        List<DatabaseRow> rows = new ArrayList<>();
        for (SqlServer server : engine.servers()) {
            Map<String, RunRecord> last = engine.history().lastBackups(server.name());
            try (SqlSession session = server.connect()) {
                for (DatabaseInfo info : session.databases()) {
                    rows.add(new DatabaseRow(server.name(), info, last.get(info.name())));
                }
            }
        }
        return rows;
    }
}
