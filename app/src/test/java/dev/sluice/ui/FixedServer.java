package dev.sluice.ui;

import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.RecordedBackup;
import dev.sluice.sql.ServerFacts;
import dev.sluice.sql.SqlMessage;
import dev.sluice.sql.SqlServer;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.StatementResult;
import dev.sluice.vdi.VdiProvider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A server that lists databases, and its record of their backups, and can do nothing else. */
public record FixedServer(
        String name, List<DatabaseInfo> databases, Backups backups, String edition)
        implements SqlServer {

    private static final String ALL_THERE_IS = "Developer";

    /** Its record of backups. */
    public interface Backups {

        /** What it has, unless it refuses to tell. */
        List<RecordedBackup> read() throws SqlServerException;
    }

    /** One without a record. */
    public FixedServer(String name, List<DatabaseInfo> databases) {
        this(name, databases, List::of);
    }

    /** One with a record. */
    public FixedServer(String name, List<DatabaseInfo> databases, Backups backups) {
        this(name, databases, backups, ALL_THERE_IS);
    }

    /** One of an edition, without a record. */
    public FixedServer(String name, List<DatabaseInfo> databases, String edition) {
        this(name, databases, List::of, edition);
    }

    /** A record that nobody may read. */
    public static Backups refused() {
        List<SqlMessage> said =
                List.of(
                        new SqlMessage(
                                229,
                                14,
                                5,
                                "The SELECT permission was denied on the object 'backupset',"
                                        + " database 'msdb', schema 'dbo'."));
        return () -> {
            throw new SqlServerException(said);
        };
    }

    @Override
    public VdiProvider vdi() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SqlSession connect() {
        return new Session(databases, backups, edition);
    }

    private record Session(List<DatabaseInfo> databases, Backups kept, String edition)
            implements SqlSession {

        @Override
        public List<RecordedBackup> backups() throws SqlServerException {
            return kept.read();
        }

        @Override
        public ServerFacts facts() {
            return new ServerFacts(
                    "here", null, "17.0.1", edition, "me", true, null, null, null, null);
        }

        @Override
        public List<DatabaseFile> files() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StatementResult execute(String statement, Consumer<SqlMessage> messages) {
            throw new UnsupportedOperationException(statement);
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    /** A server whose databases are backed up by others, too. */
    static FixedServer agency() {
        List<DatabaseInfo> databases =
                Stream.of("Ledger", "Orders", "Tickets")
                        .map(
                                name ->
                                        new DatabaseInfo(
                                                name,
                                                DatabaseInfo.State.ONLINE,
                                                "FULL",
                                                40L << 30,
                                                false,
                                                true,
                                                true))
                        .toList();
        List<RecordedBackup> recorded =
                List.of(
                        recorded("Ledger", BackupType.FULL, false, 70, "CORP\\svc_maintenance"),
                        recorded("Ledger", BackupType.LOG, false, 1, "CORP\\svc_maintenance"),
                        recorded("Orders", BackupType.FULL, true, 5, "CORP\\maria.lindqvist"),
                        recorded("Tickets", BackupType.FULL, false, 90, ""),
                        recorded("Tickets", BackupType.LOG, false, 80, ""));
        return new FixedServer("agency", databases, () -> recorded);
    }

    private static RecordedBackup recorded(
            String database, BackupType type, boolean copyOnly, int hoursAgo, String user) {
        return new RecordedBackup(
                database,
                type,
                null,
                copyOnly,
                Instant.now().minus(Duration.ofHours(hoursAgo).plusMinutes(4)),
                Instant.now().minus(Duration.ofHours(hoursAgo)),
                user,
                "E:\\backup\\" + database + ".bak");
    }
}
