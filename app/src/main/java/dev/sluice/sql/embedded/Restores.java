package dev.sluice.sql.embedded;

import dev.sluice.files.PrivateFiles;
import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.MtfFormatException;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.Features;
import dev.sluice.vdi.server.ServerVdiProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** Carries out RESTORE statements. Safe from any thread. */
final class Restores {

    private final Catalog catalog;
    private final Databases databases;
    private final ServerVdiProvider vdi;
    private final ReadSizes sizes;

    Restores(Catalog catalog, Databases databases, ServerVdiProvider vdi, ReadSizes sizes) {
        this.catalog = catalog;
        this.databases = databases;
        this.vdi = vdi;
        this.sizes = sizes;
    }

    /** Runs a statement; messages and tables go to the conversation. */
    void run(RestoreStatement statement, Conversation conversation) throws StatementException {
        if (statement.options().file() > 1) {
            throw Messages.noSuchFile(statement.options().file(), statement.devices().getFirst());
        }
        try {
            switch (statement.kind()) {
                case DATABASE -> restore(statement, conversation);
                case LOG -> throw Messages.noLogRestore();
                case VERIFYONLY -> verify(statement, conversation);
                case HEADERONLY, FILELISTONLY, LABELONLY -> look(statement, conversation);
            }
        } catch (DeviceFailure e) {
            throw Messages.deviceFailed(e);
        } catch (StripeRefused e) {
            throw e.reason();
        } catch (MtfFormatException e) {
            throw Messages.incorrectlyFormed(
                    statement.devices().getFirst(), String.valueOf(e.getMessage()));
        } catch (IOException | SQLException e) {
            throw Messages.targetFailed(statement.database(), e);
        } catch (StatementException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the restore stopped without a reason", e);
        }
    }

    private void look(RestoreStatement statement, Conversation conversation) throws Exception {
        try (DeviceSet set = open(statement, conversation)) {
            BackupHeader header = new HeaderLook(set, sizes).header();
            set.closeDevices(CommandCode.READ);
            conversation.show(
                    switch (statement.kind()) {
                        case HEADERONLY -> ResultTables.headerOnly(header);
                        case FILELISTONLY -> ResultTables.fileListOnly(header);
                        default -> ResultTables.labelOnly(header);
                    });
        } finally {
            conversation.onCancel(null);
        }
    }

    private void verify(RestoreStatement statement, Conversation conversation) throws Exception {
        try (DeviceSet set = open(statement, conversation)) {
            stream(statement, set, PageSink.NOWHERE, conversation);
            set.closeDevices(CommandCode.READ);
            conversation.say(Messages.verified());
        } finally {
            conversation.onCancel(null);
        }
    }

    private DeviceSet open(RestoreStatement statement, Conversation conversation)
            throws StatementException {
        DeviceSet set = DeviceSet.open(vdi, statement.devices(), statement.options().transfer());
        conversation.onCancel(set::abort);
        boolean configured = false;
        try {
            set.configure(Features.READ_MEDIA);
            configured = true;
            return set;
        } finally {
            if (!configured) {
                set.close();
            }
        }
    }

    private ImageAssembly stream(
            RestoreStatement statement, DeviceSet set, PageSink sink, Conversation conversation)
            throws Exception {
        int devices = statement.devices().size();
        Operation operation = new Operation(devices);
        Progress progress = new Progress(conversation, statement.options().stats());
        ImageAssembly assembly = new ImageAssembly(devices, sink, progress);
        new Crew(set, operation)
                .run(
                        device -> {
                            DeviceChannel channel = set.channels().get(device);
                            new StripeReader(
                                            assembly.handler(channel.name()),
                                            channel,
                                            set,
                                            operation,
                                            sizes,
                                            DeviceChannel.DEPTH)
                                    .read(() -> false);
                        });
        assembly.checkComplete(statement.devices().getFirst());
        progress.complete();
        return assembly;
    }

    private void restore(RestoreStatement statement, Conversation conversation) throws Exception {
        String name = statement.database();
        try (DatabaseLock _ = databases.lock(name)) {
            DatabaseEntry existing = databases.find(name);
            PrivateFiles.createFolders(catalog.folderOf(name));
            try (ExclusiveUse use = exclusive(existing)) {
                restore(statement, existing, use, conversation);
            } finally {
                catalog.tidy(catalog.folderOf(name));
            }
        }
    }

    private @Nullable ExclusiveUse exclusive(@Nullable DatabaseEntry existing)
            throws IOException, StatementException {
        if (existing == null) {
            return null;
        }
        ExclusiveUse use = ExclusiveUse.of(catalog.dataFile(existing));
        if (use == null) {
            throw Messages.inUse(existing.name());
        }
        return use;
    }

    private void restore(
            RestoreStatement statement,
            @Nullable DatabaseEntry existing,
            @Nullable ExclusiveUse use,
            Conversation conversation)
            throws Exception {
        Stopwatch watch = new Stopwatch();
        Path folder = catalog.folderOf(statement.database());
        RestoreTarget target = RestoreTarget.of(statement, folder);
        Path path = target.working();
        NewDataFile file =
                new NewDataFile(
                        path,
                        header -> check(statement, existing, header),
                        use,
                        existing == null ? null : existing.restoring());
        boolean placed = false;
        boolean attached = false;
        try (DeviceSet set = open(statement, conversation)) {
            ImageAssembly assembly = stream(statement, set, file, conversation);
            file.finish(assembly.image().length());
            if (isToRecover(statement)) {
                recover(path);
            }
            set.closeDevices(CommandCode.READ);
            target.putInPlace();
            placed = true;
            attach(statement, existing, target.dataFile(), assembly);
            attached = true;
            conversation.say(
                    Messages.pagesProcessed(assembly.pages(), assembly.header().database()));
            conversation.say(Messages.restoreDone(assembly.pages(), watch));
        } finally {
            conversation.onCancel(null);
            if (!attached) {
                discard(statement, file, placed ? target.target() : target.working());
            }
        }
    }

    /** Removes what a failed restore made, unless it failed after the catalog had named it. */
    private void discard(RestoreStatement statement, NewDataFile file, Path made)
            throws IOException, StatementException {
        file.close();
        DatabaseEntry now = databases.find(statement.database());
        if (now == null || !catalog.dataFile(now).equals(made)) {
            Files.deleteIfExists(made);
        }
    }

    private static void check(
            RestoreStatement statement, @Nullable DatabaseEntry existing, BackupHeader header)
            throws StatementException {
        String name = statement.database();
        checkMoves(statement, header);
        if (header.kind() == BackupKind.DIFFERENTIAL) {
            if (existing == null || existing.isOnline()) {
                throw Messages.nothingToRollForward(name);
            }
            return;
        }
        LocalDateTime created = header.times().databaseCreated();
        if (existing != null
                && !statement.options().replace()
                && !existing.isOriginOf(header.database(), created)) {
            throw Messages.otherDatabase(name, header.database());
        }
    }

    private static void checkMoves(RestoreStatement statement, BackupHeader header)
            throws StatementException {
        for (RestoreStatement.Move move : statement.options().moves()) {
            String logicalName = move.logicalName();
            if (header.files().stream()
                    .noneMatch(file -> file.logicalName().equalsIgnoreCase(logicalName))) {
                throw Messages.notAFileOfTheDatabase(logicalName);
            }
        }
    }

    private static boolean isToRecover(RestoreStatement statement) {
        return statement.options().recovery() instanceof Recovery.Recover;
    }

    /** Opens the new file once, as after a crash: what was under way is undone. */
    private static void recover(Path path) throws StatementException {
        try {
            DataFiles.open(path).close();
        } catch (SQLException e) {
            throw Messages.recoveryFailed(e);
        }
    }

    private void attach(
            RestoreStatement statement,
            @Nullable DatabaseEntry existing,
            String dataFile,
            ImageAssembly assembly)
            throws IOException {
        LocalDateTime created = assembly.header().times().databaseCreated();
        DatabaseEntry.BackupIdentity restored =
                new DatabaseEntry.BackupIdentity(
                        assembly.header().media().mediaSet(), assembly.image().version());
        catalog.save(
                new DatabaseEntry(
                        existing == null ? statement.database() : existing.name(),
                        created == null ? ServerClock.now() : created,
                        dataFile,
                        isToRecover(statement) ? null : restored,
                        null));
    }
}
