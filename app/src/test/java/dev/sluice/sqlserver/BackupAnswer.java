package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.Features;

import java.util.Set;

/** Carries out a BACKUP. */
final class BackupAnswer {

    private final SqlServerDouble server;
    private final Order.Backup order;
    private final RunningStatement running;

    BackupAnswer(SqlServerDouble server, Order.Backup order, RunningStatement running) {
        this.server = server;
        this.order = order;
        this.running = running;
    }

    void run() throws Exception {
        ServerBackup backup = begin();
        stream(backup);
        running.end();
        synchronized (server) {
            server.keep(backup);
            server.record(order, backup);
            server.database(order.database()).backedUp(order, backup);
        }
        for (BackupHeader.DatabaseFile file : backup.present()) {
            running.say(ServerMessages.pages(file, order.database()));
        }
        running.say(ServerMessages.succeeded(order.verbInFull(), backup.pages()));
        running.afterSuccess();
    }

    private ServerBackup begin() throws StatementFailed {
        synchronized (server) {
            ServerDatabase database = server.database(order.database());
            requireState(database);
            Set<String> selected = database.select(order.part());
            BackupKind kind = kind();
            if (kind == BackupKind.LOG) {
                requireForLog(database);
            } else {
                requireForData(database, kind, selected);
            }
            ServerBackup backup = database.nextBackup(kind, order, selected);
            if (order.has("NORECOVERY") && server.tailClosesFirst()) {
                database.leaveRestoring(backup.header().lsns().last());
            }
            return backup;
        }
    }

    private BackupKind kind() {
        if (order.log()) {
            return BackupKind.LOG;
        }
        boolean differential = order.has("DIFFERENTIAL");
        if (order.part().isWhole()) {
            return differential ? BackupKind.DIFFERENTIAL : BackupKind.DATABASE;
        }
        if (order.part().readWrite()) {
            return differential ? BackupKind.PARTIAL_DIFFERENTIAL : BackupKind.PARTIAL;
        }
        return differential ? BackupKind.FILES_DIFFERENTIAL : BackupKind.FILES;
    }

    /** What is damaged has nothing to back up but its log, and that only when it is asked for. */
    private void requireState(ServerDatabase database) throws StatementFailed {
        boolean tries = order.has("NO_TRUNCATE") || order.has("CONTINUE_AFTER_ERROR");
        switch (database.state) {
            case ONLINE -> {}
            case STANDBY -> throw ServerMessages.standby(database.name);
            case RECOVERY_PENDING -> {
                if (!tries) {
                    throw ServerMessages.inaccessible(database.name);
                }
            }
            case SUSPECT -> {
                if (!tries) {
                    throw ServerMessages.suspect(database.name);
                }
            }
            default -> throw ServerMessages.restoring(database.name);
        }
    }

    private void requireForLog(ServerDatabase database) throws StatementFailed {
        if (database.isSimple()) {
            throw ServerMessages.simpleModel();
        }
        if (!database.logChain) {
            throw ServerMessages.noLogChain();
        }
        if (order.has("NORECOVERY") && database.users > 0) {
            throw ServerMessages.inUse();
        }
    }

    private void requireForData(ServerDatabase database, BackupKind kind, Set<String> selected)
            throws StatementFailed {
        for (String name : selected) {
            ServerFile file = database.file(name);
            if (file.state != ServerFile.State.ONLINE) {
                throw ServerMessages.notOnline(file);
            }
            if (kind == BackupKind.FILES && file.isPrimary() && database.isSimple()) {
                throw ServerMessages.primaryUnderSimple();
            }
            if (kind == BackupKind.FILES_DIFFERENTIAL && file.base == null) {
                throw ServerMessages.noFileBase(name);
            }
        }
        if (kind.isDifferential() && !database.differentialBase) {
            throw ServerMessages.noBase(database.name);
        }
    }

    private void stream(ServerBackup backup) throws Exception {
        try (DeviceSetEnd set =
                running.attach(
                        server.vdi(), order.devices(), order.sizes(), Features.WRITE_MEDIA)) {
            running.expect(backup.size(), order.sizes());
            set.run((device, number) -> write(device, backup.stripes().get(number), set));
            set.run((device, number) -> device.control(CommandCode.FLUSH));
            if (set.completes()) {
                set.run((device, number) -> device.control(CommandCode.COMPLETE));
            }
            if (!set.closeDevices()) {
                throw ServerMessages.deviceFailed(
                        set.name(), CommandCode.FLUSH, CompletionCode.OPERATION_ABORTED.number());
            }
        }
    }

    /** With a Flush on the way, as databases with FILESTREAM have it (vdi-facts M9). */
    private void write(DeviceEnd device, byte[] stripe, DeviceSetEnd set) throws StatementFailed {
        int block = set.blockSize();
        if (stripe.length % block != 0) {
            throw new AssertionError(
                    "no whole blocks: a recorded stream can be replayed with BLOCKSIZE %d only"
                            .formatted(Recording.BLOCK_SIZE));
        }
        int half = stripe.length / block / 2 * block;
        device.write(stripe, 0, half, running::moved);
        device.control(CommandCode.FLUSH);
        device.write(stripe, half, stripe.length, running::moved);
    }
}
