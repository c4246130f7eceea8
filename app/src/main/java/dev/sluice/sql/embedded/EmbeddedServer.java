package dev.sluice.sql.embedded;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.SampleHost;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.words.Told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQL server inside this process: H2 databases in a data folder, behind SQL Server's BACKUP and
 * RESTORE statements and the server's end of the Virtual Device Interface. Several processes may
 * use one folder; a database is open in one of them at a time. Safe from any thread.
 */
public final class EmbeddedServer implements SampleHost, AutoCloseable {

    /** What the user knows it by. */
    public static final String NAME = "embedded";

    private final VdiProvider clients;
    private final Catalog catalog;
    private final Databases databases;
    private final RunningStatements running = new RunningStatements();
    private final Interpreter interpreter;

    /**
     * Opens a server on a data folder, which is made if need be, and removes from it what a killed
     * process left half-done.
     *
     * @param dataFolder where the databases are; readable by its owner only when made here
     * @param vdi both ends of the device sets
     * @throws SqlServerException when the folder cannot be used
     */
    public <V extends VdiProvider & ServerVdiProvider> EmbeddedServer(Path dataFolder, V vdi)
            throws SqlServerException {
        this(dataFolder, vdi, ReadSizes.LARGEST);
    }

    /** As the public one, with read sizes of the caller's choice. */
    <V extends VdiProvider & ServerVdiProvider> EmbeddedServer(
            Path dataFolder, V vdi, ReadSizes sizes) throws SqlServerException {
        if (dataFolder.toAbsolutePath().toString().indexOf(';') >= 0) {
            throw refused(dataFolder, new IOException("the path has a semicolon in it"));
        }
        try {
            this.catalog = new Catalog(dataFolder);
        } catch (IOException e) {
            throw refused(dataFolder, e);
        }
        this.clients = vdi;
        this.databases = new Databases(catalog);
        this.interpreter = new Interpreter(catalog, databases, vdi, sizes);
    }

    private static SqlServerException refused(Path dataFolder, IOException cause) {
        return new SqlServerException(
                Told.of("embedded.folder", dataFolder, cause.toString()), cause);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public VdiProvider vdi() {
        return clients;
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        running.checkOpen();
        return new EmbeddedSession(this, interpreter, running);
    }

    @Override
    public void makeSample() throws SqlServerException {
        SampleDatabase.createIfMissing(this);
    }

    /**
     * Opens a connection to the contents of a database. It may write while a backup runs; a restore
     * over the database is refused while it is open. The caller closes it.
     *
     * @throws SqlServerException with message 911 for an unknown database, 927 for one that is
     *     restoring, 5120 when it cannot be opened, as when another process has it open
     */
    public Connection openConnection(String database) throws SqlServerException {
        try {
            return databases.open(database);
        } catch (StatementException e) {
            throw new SqlServerException(e.messages());
        }
    }

    List<DatabaseInfo> databases() throws SqlServerException {
        try {
            List<DatabaseInfo> infos = new ArrayList<>();
            for (DatabaseEntry entry : catalog.list()) {
                infos.add(info(entry));
            }
            return infos;
        } catch (IOException e) {
            throw new SqlServerException(Told.of("embedded.databases", e.toString()), e);
        }
    }

    private DatabaseInfo info(DatabaseEntry entry) throws IOException {
        long size = sizeOf(catalog.dataFile(entry));
        boolean present = size >= 0;
        DatabaseInfo.State state =
                entry.isOnline() ? DatabaseInfo.State.ONLINE : DatabaseInfo.State.RESTORING;
        return new DatabaseInfo(
                entry.name(),
                present ? state : DatabaseInfo.State.SUSPECT,
                "SIMPLE",
                Math.max(0, size),
                false,
                entry.base() != null,
                false);
    }

    List<DatabaseFile> files() throws SqlServerException {
        try {
            List<DatabaseFile> files = new ArrayList<>();
            for (DatabaseEntry entry : catalog.list()) {
                // the one file has the name its backups give it
                files.add(
                        new DatabaseFile(
                                entry.name(), entry.name(), catalog.dataFile(entry).toString()));
            }
            return files;
        } catch (IOException e) {
            throw new SqlServerException(Told.of("embedded.files", e.toString()), e);
        }
    }

    /** Negative for a file that is not there, or that a restore removes at this moment. */
    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** Cancels the statements of all sessions. */
    void cancelAll() {
        running.cancelAll();
    }

    /** Cancels the statements that run, and waits for their ends; no more are accepted. */
    @Override
    public void close() {
        running.close();
    }
}
