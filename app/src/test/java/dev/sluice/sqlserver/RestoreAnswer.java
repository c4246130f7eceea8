package dev.sluice.sqlserver;

import dev.sluice.tds.Message;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.Features;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Carries out a RESTORE of any kind: what comes from the devices. */
final class RestoreAnswer {

    private final SqlServerDouble server;
    private final Order.Restore order;
    private final RunningStatement running;

    RestoreAnswer(SqlServerDouble server, Order.Restore order, RunningStatement running) {
        this.server = server;
        this.order = order;
        this.running = running;
    }

    void run() throws Exception {
        Restoration restoration;
        try (DeviceSetEnd set =
                running.attach(server.vdi(), order.devices(), order.sizes(), Features.READ_MEDIA)) {
            restoration = read(set);
            if (!set.closeDevices()) {
                throw ServerMessages.deviceFailed(
                        set.name(), CommandCode.READ, CompletionCode.OPERATION_ABORTED.number());
            }
        }
        running.end();
        tell(restoration);
    }

    private Restoration read(DeviceSetEnd set) throws Exception {
        AtomicReferenceArray<StripeFeed> feeds = new AtomicReferenceArray<>(set.devices());
        AtomicReferenceArray<SqlServerDouble.Stripe> stripes =
                new AtomicReferenceArray<>(set.devices());
        set.run(
                (device, number) -> {
                    StripeFeed feed = new StripeFeed(device, set, running::moved);
                    feeds.set(number, feed);
                    stripes.set(number, server.recognise(feed.readHeader(), device.name()));
                });
        ServerBackup backup = stripes.get(0).backup();
        boolean readsAll = order.restores() || order.verb().equals("RESTORE VERIFYONLY");
        if (readsAll) {
            requireEveryStripe(backup, stripes);
        }
        int blockSize = order.sizes().blockSize();
        if (blockSize != 0 && blockSize != backup.blockSize()) {
            throw ServerMessages.otherBlockSize(set.name(), backup.blockSize());
        }
        if (order.has("CHECKSUM") && !backup.header().checksums()) {
            throw ServerMessages.noChecksums();
        }
        Restoration restoration = new Restoration(server, order, backup);
        if (order.restores()) {
            restoration.begin();
        }
        if (readsAll) {
            running.expect(backup.size(), order.sizes());
            set.run((device, number) -> feeds.get(number).readRest(backup.stripes().get(number)));
        }
        return restoration;
    }

    /** What only looks at the beginning takes any stripe by itself. */
    private static void requireEveryStripe(
            ServerBackup backup, AtomicReferenceArray<SqlServerDouble.Stripe> stripes)
            throws StatementFailed {
        int families = backup.stripes().size();
        if (stripes.length() < families) {
            throw ServerMessages.familiesMissing(families, stripes.length());
        }
        for (int i = 0; i < stripes.length(); i++) {
            int family = stripes.get(i).number();
            if (family != i) {
                throw new AssertionError(
                        "device %d brings stripe %d of %s".formatted(i + 1, family + 1, backup));
            }
        }
    }

    private void tell(Restoration restoration) throws Exception {
        ServerBackup backup = restoration.backup();
        switch (order.verb()) {
            case "RESTORE HEADERONLY" ->
                    ResultTables.headerOnly(backup, server.majorVersion(), running.reply());
            case "RESTORE FILELISTONLY" ->
                    ResultTables.fileListOnly(backup, server.majorVersion(), running.reply());
            case "RESTORE VERIFYONLY" -> running.say(ServerMessages.valid());
            case "RESTORE DATABASE", "RESTORE LOG" -> {
                for (Message message : restoration.end()) {
                    running.say(message);
                }
                running.afterSuccess();
            }
            default -> throw new AssertionError("the double does not know " + order.verb());
        }
    }
}
