package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.Features;

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
        Recording recording = begin();
        stream(recording);
        running.end();
        synchronized (server) {
            server.database(order.database()).backedUp(order);
        }
        for (BackupHeader.DatabaseFile file : recording.header().files()) {
            running.say(ServerMessages.pages(file, order.database()));
        }
        running.say(ServerMessages.succeeded(verb(), recording.pages()));
    }

    private String verb() {
        return order.has("DIFFERENTIAL") ? order.verb() + " WITH DIFFERENTIAL" : order.verb();
    }

    private Recording begin() throws StatementFailed {
        synchronized (server) {
            ServerDatabase database = server.database(order.database());
            require(database);
            BackupKind kind =
                    order.log()
                            ? BackupKind.LOG
                            : order.has("DIFFERENTIAL")
                                    ? BackupKind.DIFFERENTIAL
                                    : BackupKind.DATABASE;
            return database.nextBackup(kind, order.devices().size());
        }
    }

    private void require(ServerDatabase database) throws StatementFailed {
        if (database.state == State.STANDBY) {
            throw ServerMessages.standby(database.name);
        }
        if (database.state != State.ONLINE) {
            throw ServerMessages.restoring(database.name);
        }
        if (order.log() && database.recoveryModel.equals("SIMPLE")) {
            throw ServerMessages.simpleModel();
        }
        if (order.log() && !database.logChain) {
            throw ServerMessages.noLogChain();
        }
        if (order.has("DIFFERENTIAL") && !database.differentialBase) {
            throw ServerMessages.noBase(database.name);
        }
    }

    private void stream(Recording recording) throws Exception {
        try (DeviceSetEnd set =
                running.attach(
                        server.vdi(), order.devices(), order.sizes(), Features.WRITE_MEDIA)) {
            running.expect(recording.size(), order.sizes());
            set.run((device, number) -> write(device, recording.stripes().get(number), set));
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
