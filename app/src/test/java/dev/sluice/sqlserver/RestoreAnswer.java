package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.vdi.protocol.CommandCode;
import dev.sluice.vdi.protocol.CompletionCode;
import dev.sluice.vdi.protocol.Features;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Carries out a RESTORE of any kind. */
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
        Recording recording;
        try (DeviceSetEnd set =
                running.attach(server.vdi(), order.devices(), order.sizes(), Features.READ_MEDIA)) {
            recording = read(set);
            if (!set.closeDevices()) {
                throw ServerMessages.deviceFailed(
                        set.name(), CommandCode.READ, CompletionCode.OPERATION_ABORTED.number());
            }
        }
        running.end();
        tell(recording);
    }

    private Recording read(DeviceSetEnd set) throws Exception {
        AtomicReferenceArray<StripeFeed> feeds = new AtomicReferenceArray<>(set.devices());
        AtomicReferenceArray<BackupHeader> headers = new AtomicReferenceArray<>(set.devices());
        set.run(
                (device, number) -> {
                    StripeFeed feed = new StripeFeed(device, set, running::moved);
                    feeds.set(number, feed);
                    headers.set(number, feed.readHeader());
                });
        Recording recording = server.recording(headers.get(0));
        boolean readsAll = order.restores() || order.verb().equals("RESTORE VERIFYONLY");
        if (readsAll) {
            requireEveryStripe(recording, headers);
        }
        if (order.has("CHECKSUM") && !recording.header().checksums()) {
            throw ServerMessages.noChecksums();
        }
        if (order.restores()) {
            begin(recording);
        }
        if (readsAll) {
            running.expect(recording.size(), order.sizes());
            set.run(
                    (device, number) ->
                            feeds.get(number).readRest(recording.stripes().get(number)));
        }
        return recording;
    }

    /** What only looks at the beginning takes any stripe by itself. */
    private static void requireEveryStripe(
            Recording recording, AtomicReferenceArray<BackupHeader> headers)
            throws StatementFailed {
        int stripes = recording.stripes().size();
        if (headers.length() < stripes) {
            throw ServerMessages.familiesMissing(stripes, headers.length());
        }
        for (int i = 0; i < headers.length(); i++) {
            int family = headers.get(i).media().family();
            if (family != i + 1) {
                throw new AssertionError(
                        "device %d brings stripe %d of %s".formatted(i + 1, family, recording));
            }
        }
    }

    private void tell(Recording recording) throws Exception {
        switch (order.verb()) {
            case "RESTORE HEADERONLY" ->
                    ResultTables.headerOnly(recording.header(), running.reply());
            case "RESTORE FILELISTONLY" ->
                    ResultTables.fileListOnly(recording.header(), running.reply());
            case "RESTORE VERIFYONLY" -> running.say(ServerMessages.valid());
            case "RESTORE DATABASE", "RESTORE LOG" -> end(recording);
            default -> throw new AssertionError("the double does not know " + order.verb());
        }
    }

    // ---- what is restored, and to where

    /** From here on, the database waits for further restores, whatever comes of this one. */
    private void begin(Recording recording) throws StatementFailed {
        synchronized (server) {
            BackupHeader header = recording.header();
            ServerDatabase target = server.find(order.database());
            requireKind(header.kind());
            if (order.standby() != null && header.version().major() != server.majorVersion()) {
                throw ServerMessages.standbyNeedsUpgrade();
            }
            if (header.kind() == BackupKind.DATABASE) {
                target = requireForFull(recording, target);
            } else {
                requireForMore(header, target);
                target = server.database(order.database());
            }
            target.state = State.RESTORING;
        }
    }

    private void requireKind(BackupKind kind) throws StatementFailed {
        boolean fits = order.isLog() == (kind == BackupKind.LOG);
        if (!fits) {
            throw ServerMessages.wrongKind(
                    switch (kind) {
                        case LOG -> "BACKUP LOG";
                        case DIFFERENTIAL -> "BACKUP DATABASE WITH DIFFERENTIAL";
                        default -> "BACKUP DATABASE";
                    });
        }
    }

    private ServerDatabase requireForFull(Recording recording, @Nullable ServerDatabase present)
            throws StatementFailed {
        BackupHeader header = recording.header();
        if (present != null) {
            requireReplaceable(header, present);
        }
        requireNotPast(header);
        ServerDatabase target =
                present == null
                        ? new ServerDatabase(order.database(), server.chainOf(recording))
                        : present;
        requireFiles(header, target);
        server.add(target);
        target.placeFiles(header, order.moves());
        target.restored.clear();
        return target;
    }

    private void requireReplaceable(BackupHeader header, ServerDatabase target)
            throws StatementFailed {
        boolean mayReplace = order.has("REPLACE");
        if (!mayReplace && !target.recordedName().equals(header.database())) {
            throw ServerMessages.otherDatabase(target.name);
        }
        boolean usable = target.state == State.ONLINE || target.state == State.STANDBY;
        if (usable && target.users > 0) {
            throw ServerMessages.inUse();
        }
        boolean keepsTail =
                target.state == State.ONLINE
                        && target.tail
                        && !target.recoveryModel.equals("SIMPLE");
        if (keepsTail && !mayReplace && order.stop() == null) {
            throw ServerMessages.tailNotSaved(target.name);
        }
    }

    private void requireFiles(BackupHeader header, ServerDatabase target) throws StatementFailed {
        for (String moved : order.moves().keySet()) {
            if (header.files().stream().noneMatch(file -> file.logicalName().equals(moved))) {
                throw ServerMessages.noSuchFile(moved, target.name);
            }
        }
        for (BackupHeader.DatabaseFile file : header.files()) {
            String path = target.pathOf(file, order.moves());
            ServerDatabase owner = server.ownerOf(path);
            if (owner != null && owner != target) {
                throw ServerMessages.fileInUse(file.logicalName(), path, owner.name);
            }
            if (!server.hasFolderOf(path)) {
                throw ServerMessages.noFolder(file.logicalName(), path);
            }
        }
    }

    private void requireForMore(BackupHeader header, @Nullable ServerDatabase target)
            throws StatementFailed {
        if (target == null) {
            throw ServerMessages.noDatabaseToContinue(order.database());
        }
        if (!target.state.awaitsRestore()) {
            throw ServerMessages.notReady();
        }
        if (target.state == State.STANDBY && target.users > 0) {
            throw ServerMessages.inUse();
        }
        if (!order.isLog()) {
            if (!header.lsns().databaseBackup().equals(target.base)) {
                throw ServerMessages.otherBase();
            }
            requireNotPast(header);
            return;
        }
        if (header.lsns().first().compareTo(target.reached) > 0) {
            throw ServerMessages.tooRecent(header.lsns().first(), target.reached);
        }
        if (header.lsns().last().compareTo(target.reached) < 0) {
            throw ServerMessages.tooEarly(header.lsns().last(), target.reached);
        }
        Order.Stop stop = order.stop();
        if (stop != null
                && stop.option().equals("STOPAT")
                && Objects.requireNonNull(stop.time())
                        .isBefore(Objects.requireNonNull(target.reachedTime))) {
            throw ServerMessages.stopPassed();
        }
    }

    /** A data backup can be restored as a whole only. */
    private void requireNotPast(BackupHeader header) throws StatementFailed {
        Order.Stop stop = order.stop();
        if (stop != null && stop.time() != null && stop.time().isBefore(finish(header))) {
            throw ServerMessages.stopBeforeThisSet();
        }
    }

    private static LocalDateTime finish(BackupHeader header) {
        return Objects.requireNonNull(header.times().finish());
    }

    // ---- what becomes of the database

    private void end(Recording recording) throws Exception {
        BackupHeader header = recording.header();
        boolean stopReached = isStopReached(header);
        synchronized (server) {
            ServerDatabase target = server.database(order.database());
            target.restored.add(recording);
            if (header.kind() == BackupKind.DATABASE) {
                target.base = header.lsns().checkpoint();
            }
            target.reached = header.lsns().last();
            target.reachedTime = reachedTime(header, stopReached);
            target.state = stateAfter(stopReached);
            target.tail = target.state == State.ONLINE;
            target.logChain = !target.recoveryModel.equals("SIMPLE");
            target.differentialBase = true;
        }
        for (BackupHeader.DatabaseFile file : header.files()) {
            running.say(ServerMessages.pages(file, order.database()));
        }
        if (!stopReached && !order.has("NORECOVERY")) {
            boolean atTime = Objects.requireNonNull(order.stop()).option().equals("STOPAT");
            running.say(atTime ? ServerMessages.stopNotReached() : ServerMessages.markNotReached());
        }
        running.say(ServerMessages.succeeded(order.verb(), recording.pages()));
    }

    /** Without a stop, the end is where it stops. None of the recorded logs has a mark. */
    private boolean isStopReached(BackupHeader header) {
        Order.Stop stop = order.stop();
        if (stop == null) {
            return true;
        }
        return stop.option().equals("STOPAT")
                && !Objects.requireNonNull(stop.time()).isAfter(finish(header));
    }

    private LocalDateTime reachedTime(BackupHeader header, boolean stopReached) {
        Order.Stop stop = order.stop();
        return stop != null && stop.time() != null && stopReached ? stop.time() : finish(header);
    }

    private State stateAfter(boolean stopReached) {
        if (order.standby() != null) {
            return State.STANDBY;
        }
        return order.has("NORECOVERY") || !stopReached ? State.RESTORING : State.ONLINE;
    }
}
