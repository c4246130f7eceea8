package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** Opens, creates and drops databases. Safe from any thread. */
final class Databases {

    private final Catalog catalog;

    Databases(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The database of this name; fails with 911. */
    DatabaseEntry require(String name) throws StatementException {
        DatabaseEntry entry = find(name);
        if (entry == null) {
            throw Messages.unknownDatabase(name);
        }
        return entry;
    }

    /** The database of this name, or null. */
    @Nullable DatabaseEntry find(String name) throws StatementException {
        try {
            return catalog.find(name);
        } catch (IOException e) {
            throw Messages.cannotOpen(name, e);
        }
    }

    /** Opens a connection to a database that is online. */
    Connection open(String name) throws StatementException {
        DatabaseEntry entry = require(name);
        try {
            return open(entry);
        } catch (SQLException e) {
            DatabaseEntry now = require(name);
            if (DataFiles.isGone(e) && !now.equals(entry)) {
                // a restore has just put another data file in its place
                return reopen(now);
            }
            throw Messages.cannotOpen(name, e);
        }
    }

    private Connection reopen(DatabaseEntry entry) throws StatementException {
        try {
            return open(entry);
        } catch (SQLException e) {
            throw Messages.cannotOpen(entry.name(), e);
        }
    }

    private Connection open(DatabaseEntry entry) throws SQLException, StatementException {
        if (!entry.isOnline()) {
            throw Messages.isRestoring(entry.name());
        }
        return DataFiles.open(catalog.dataFile(entry));
    }

    /** Takes the right to change a database; fails with 3023 while another statement has it. */
    DatabaseLock lock(String name) throws StatementException {
        try {
            DatabaseLock lock = catalog.tryLock(name);
            if (lock == null) {
                throw Messages.notSerialized(name);
            }
            return lock;
        } catch (IOException e) {
            throw Messages.cannotOpen(name, e);
        }
    }

    /** CREATE DATABASE. */
    void create(String name) throws StatementException {
        try (DatabaseLock _ = lock(name)) {
            if (find(name) != null) {
                throw Messages.databaseExists(name);
            }
            createFile(name);
        } catch (IOException e) {
            throw Messages.cannotCreate(name, e);
        }
    }

    private void createFile(String name) throws IOException, StatementException {
        Path folder = catalog.folderOf(name);
        PrivateFiles.createFolders(folder);
        String dataFile = Catalog.newFileName("data", DataFiles.SUFFIX);
        try {
            DataFiles.create(folder.resolve(dataFile));
            LocalDateTime now = ServerClock.now();
            catalog.save(new DatabaseEntry(name, now, dataFile, null, null));
        } catch (IOException | SQLException e) {
            catalog.tidy(folder);
            throw Messages.cannotCreate(name, e);
        }
    }

    /** DROP DATABASE. */
    void drop(String name) throws StatementException {
        try (DatabaseLock _ = lock(name)) {
            DatabaseEntry entry = require(name);
            try (ExclusiveUse use = ExclusiveUse.of(catalog.dataFile(entry))) {
                if (use == null) {
                    throw Messages.cannotDropInUse(name);
                }
                use.releaseFile();
                catalog.remove(entry);
            }
        } catch (IOException e) {
            throw Messages.cannotDrop(name, e);
        }
    }
}
