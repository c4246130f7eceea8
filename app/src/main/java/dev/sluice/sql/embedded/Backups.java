package dev.sluice.sql.embedded;

import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.server.ServerVdiProvider;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/** Carries out BACKUP statements. Safe from any thread. */
final class Backups {

    private final Catalog catalog;
    private final Databases databases;
    private final ServerVdiProvider vdi;

    Backups(Catalog catalog, Databases databases, ServerVdiProvider vdi) {
        this.catalog = catalog;
        this.databases = databases;
        this.vdi = vdi;
    }

    /** Runs a statement; percent messages and the last one go to the conversation. */
    void run(BackupStatement statement, Conversation conversation) throws StatementException {
        DatabaseEntry found = databases.require(statement.database());
        if (statement.type() == BackupType.LOG) {
            throw Messages.noLogBackup(found.name());
        }
        try (DatabaseLock _ = databases.lock(found.name())) {
            DatabaseEntry entry = databases.require(statement.database());
            checkBase(statement, entry);
            run(statement, entry, conversation);
        } catch (IOException | SQLException e) {
            throw Messages.sourceFailed(found.name(), e);
        }
    }

    private static void checkBase(BackupStatement statement, DatabaseEntry entry)
            throws StatementException {
        if (statement.type() == BackupType.DIFFERENTIAL && entry.base() == null) {
            throw Messages.noBase(entry.name());
        }
    }

    private void run(BackupStatement statement, DatabaseEntry entry, Conversation conversation)
            throws StatementException, IOException, SQLException {
        try (DeviceSet set =
                DeviceSet.open(vdi, statement.devices(), statement.options().transfer())) {
            conversation.onCancel(set::abort);
            set.configure(Features.WRITE_MEDIA);
            stream(statement, entry, set, conversation);
        } finally {
            conversation.onCancel(null);
        }
    }

    private void stream(
            BackupStatement statement,
            DatabaseEntry entry,
            DeviceSet set,
            Conversation conversation)
            throws StatementException, IOException, SQLException {
        Path dataFile = catalog.dataFile(entry);
        Stopwatch watch = new Stopwatch();
        try (OnlineImage image = new OnlineImage(dataFile, databases.open(entry.name()))) {
            image.take(conversation::isCancelled);
            BackupRun.Source source = source(statement, entry, image);
            BackupRun run =
                    new BackupRun(
                            statement,
                            source,
                            set,
                            new Operation(statement.devices().size()),
                            new Progress(conversation, statement.options().stats()));
            run.run();
            set.closeDevices(CommandCode.WRITE);
            commitBase(statement, source);
            conversation.say(Messages.pagesProcessed(run.pages(), entry.name()));
            conversation.say(Messages.backupDone(statement.type(), run.pages(), watch));
        } catch (DeviceFailure e) {
            throw Messages.deviceFailed(e);
        } catch (StatementException | IOException | SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the backup stopped without a reason", e);
        }
    }

    private BackupRun.Source source(
            BackupStatement statement, DatabaseEntry entry, OnlineImage image) throws IOException {
        DatabaseEntry.DifferentialBase base = entry.base();
        if (statement.type() == BackupType.DIFFERENTIAL && base != null) {
            Path file = catalog.folderOf(entry.name()).resolve(base.digestFile());
            return new BackupRun.Source(
                    entry, image, UUID.randomUUID(), base.backup(), ExtentDigests.read(file));
        }
        return new BackupRun.Source(
                entry,
                image,
                UUID.randomUUID(),
                ImageHeader.NO_BASE,
                new ExtentDigests(Extents.count(image.length())));
    }

    /** A full backup becomes the base of differentials, now that nothing can fail any more. */
    private void commitBase(BackupStatement statement, BackupRun.Source source) throws IOException {
        if (statement.type() == BackupType.DIFFERENTIAL || statement.options().copyOnly()) {
            return;
        }
        DatabaseEntry entry = source.entry();
        String file = Catalog.newFileName("digests", ".bin");
        source.digests().write(catalog.folderOf(entry.name()).resolve(file));
        DatabaseEntry.BackupIdentity backup =
                new DatabaseEntry.BackupIdentity(source.mediaSet(), source.image().version());
        catalog.save(entry.withBase(new DatabaseEntry.DifferentialBase(backup, file)));
    }
}
