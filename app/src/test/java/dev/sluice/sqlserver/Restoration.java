package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.tds.Message;

import org.jspecify.annotations.Nullable;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a RESTORE makes of a database: whether the set fits, judged before its data is read, and
 * what the data changes. Each file has come so far in the log by itself.
 */
final class Restoration {

    private final SqlServerDouble server;
    private final Order.Restore order;
    private final ServerBackup backup;
    private final BackupHeader header;

    /** The data files it restores, by logical names; of a log, those that go on with it. */
    private final Set<String> selected = new HashSet<>();

    private final List<Message> messages = new ArrayList<>();

    Restoration(SqlServerDouble server, Order.Restore order, ServerBackup backup) {
        this.server = server;
        this.order = order;
        this.backup = backup;
        this.header = backup.header();
    }

    ServerBackup backup() {
        return backup;
    }

    // ---- before the data

    /** From here on, the database waits for further restores, whatever comes of this one. */
    void begin() throws StatementFailed {
        synchronized (server) {
            ServerDatabase target = server.find(order.database());
            requireKind();
            if (header.version().major() > server.majorVersion()) {
                throw ServerMessages.newerDatabase(
                        header.internalVersion(), server.internalVersion());
            }
            if (!server.hasKey(backup.facts().encryptedBy())) {
                throw ServerMessages.noCertificate(backup.facts().encryptedBy());
            }
            if (order.standby() != null && header.version().major() != server.majorVersion()) {
                throw ServerMessages.standbyNeedsUpgrade();
            }
            if (backup.isLog()) {
                beginLog(target);
            } else if (backup.kind().isDifferential()) {
                beginDifferential(target);
            } else if (order.has("PARTIAL")) {
                beginPartial(target);
            } else if (order.part().isWhole()) {
                beginWhole(target);
            } else {
                beginFiles(target);
            }
        }
    }

    private void requireKind() throws StatementFailed {
        if (order.isLog() == backup.isLog()) {
            return;
        }
        throw ServerMessages.wrongKind(
                switch (backup.kind()) {
                    case LOG -> "BACKUP LOG";
                    case DIFFERENTIAL -> "BACKUP DATABASE WITH DIFFERENTIAL";
                    default -> "BACKUP DATABASE";
                });
    }

    private void beginWhole(@Nullable ServerDatabase present) throws StatementFailed {
        if (backup.kind() != BackupKind.DATABASE) {
            throw new AssertionError("the double restores a part only where that is said");
        }
        selected.addAll(backup.facts().present());
        beginAnew(present);
    }

    private void beginPartial(@Nullable ServerDatabase present) throws StatementFailed {
        select();
        boolean hasPrimary =
                header.files().stream()
                        .filter(file -> selected.contains(file.logicalName()))
                        .anyMatch(file -> ServerDatabase.PRIMARY.equals(backup.filegroup(file)));
        if (!hasPrimary) {
            throw ServerMessages.partialWithoutPrimary();
        }
        beginAnew(present);
    }

    /** The database is made of what the backup says, in place of one that is there. */
    private void beginAnew(@Nullable ServerDatabase present) throws StatementFailed {
        if (present != null) {
            requireReplaceable(present);
        }
        requireNotPast();
        requireFiles(present);
        Map<String, String> paths = new HashMap<>();
        header.files().forEach(file -> paths.put(file.logicalName(), pathOf(file, present)));
        ServerDatabase target =
                present == null ? ServerDatabase.toBeRestored(order.database()) : present;
        target.becomes(backup, server.chainOf(backup));
        for (DatabaseFile file : header.files()) {
            target.add(backup, file, Objects.requireNonNull(paths.get(file.logicalName())));
            ServerFile made = target.file(file.logicalName());
            boolean restored = selected.contains(file.logicalName());
            made.state =
                    restored || made.isLog()
                            ? ServerFile.State.RESTORING
                            : ServerFile.State.RECOVERY_PENDING;
        }
        server.add(target);
    }

    private void requireReplaceable(ServerDatabase target) throws StatementFailed {
        boolean mayReplace = order.has("REPLACE");
        if (!mayReplace && !target.family.equals(backup.facts().family())) {
            throw ServerMessages.otherDatabase(target.name);
        }
        boolean usable = target.state == State.ONLINE || target.state == State.STANDBY;
        if (usable && target.users > 0) {
            throw ServerMessages.inUse();
        }
        boolean keepsTail = target.state == State.ONLINE && !target.isSimple();
        if (keepsTail && !mayReplace && order.stop() == null) {
            throw ServerMessages.tailNotSaved(target.name);
        }
    }

    private void requireFiles(@Nullable ServerDatabase target) throws StatementFailed {
        for (String moved : order.moves().keySet()) {
            if (header.files().stream().noneMatch(file -> file.logicalName().equals(moved))) {
                throw ServerMessages.noSuchFile(moved, order.database());
            }
        }
        for (DatabaseFile file : header.files()) {
            String path = pathOf(file, target);
            ServerDatabase owner = server.ownerOf(path);
            if (owner != null && owner != target) {
                throw ServerMessages.fileInUse(file.logicalName(), path, owner.name);
            }
            if (!server.hasFolderOf(path)) {
                throw ServerMessages.noFolder(file.logicalName(), path);
            }
        }
    }

    /** A MOVE, else where the database has it, else where it was when backed up. */
    private String pathOf(DatabaseFile file, @Nullable ServerDatabase present) {
        String moved = order.moves().get(file.logicalName());
        ServerFile known = present == null ? null : present.find(file.logicalName());
        return moved != null ? moved : known != null ? known.path : file.physicalPath();
    }

    /**
     * Files of a database that is there; it stays in use when it was, and the primary is not one.
     */
    private void beginFiles(@Nullable ServerDatabase target) throws StatementFailed {
        select();
        if (target == null) {
            throw ServerMessages.noDatabaseToContinue(order.database());
        }
        if (!target.family.equals(backup.facts().family())) {
            throw ServerMessages.otherDatabase(target.name);
        }
        if (target.state != State.ONLINE && target.state != State.RESTORING) {
            throw new AssertionError("the double restores no files of one that is " + target.state);
        }
        for (String name : selected) {
            ServerFile file = target.file(name);
            if (target.state == State.ONLINE && file.isPrimary()) {
                throw ServerMessages.tailNotSaved(target.name);
            }
            if (target.isSimple() && file.readOnlySince == null) {
                throw ServerMessages.simpleSubset();
            }
        }
        for (String moved : order.moves().keySet()) {
            if (!selected.contains(moved)) {
                throw ServerMessages.cannotMove(moved);
            }
        }
        for (String name : selected) {
            ServerFile file = target.file(name);
            file.path = order.moves().getOrDefault(name, file.path);
            file.state = ServerFile.State.RESTORING;
            file.pages.clear();
            file.wanted = target.state == State.ONLINE ? target.live().next() : Lsn.ZERO;
        }
    }

    /** The files that a data backup has, of those that are asked for. */
    private void select() throws StatementFailed {
        for (String wanted : order.part().files()) {
            DatabaseFile file =
                    header.files().stream()
                            .filter(listed -> listed.logicalName().equalsIgnoreCase(wanted))
                            .findFirst()
                            .orElseThrow(() -> ServerMessages.noSuchFile(wanted, order.database()));
            if (!backup.has(file)) {
                throw ServerMessages.notInBackup(wanted, order.devices().getFirst());
            }
            selected.add(file.logicalName());
        }
        for (String wanted : order.part().filegroups()) {
            selectGroup(wanted);
        }
        if (order.part().readWrite()) {
            selected.addAll(backup.facts().present());
            selected.removeAll(backup.facts().readOnly());
        }
        if (order.part().isWhole()) {
            selected.addAll(backup.facts().present());
        }
    }

    private void selectGroup(String wanted) throws StatementFailed {
        List<DatabaseFile> members =
                header.files().stream()
                        .filter(file -> wanted.equalsIgnoreCase(backup.filegroup(file)))
                        .toList();
        if (members.stream().noneMatch(backup::has)) {
            throw ServerMessages.noFilegroupInBackup(wanted);
        }
        for (DatabaseFile member : members) {
            if (backup.has(member)) {
                selected.add(member.logicalName());
            } else {
                messages.add(ServerMessages.fileIsMissing(wanted, member.logicalName()));
            }
        }
    }

    private ServerDatabase requireWaiting(@Nullable ServerDatabase target) throws StatementFailed {
        if (target == null) {
            throw ServerMessages.noDatabaseToContinue(order.database());
        }
        if (target.restoring().isEmpty()) {
            throw ServerMessages.notReady();
        }
        if (target.state == State.STANDBY && target.users > 0) {
            throw ServerMessages.inUse();
        }
        return target;
    }

    private void beginDifferential(@Nullable ServerDatabase present) throws StatementFailed {
        ServerDatabase target = requireWaiting(present);
        select();
        for (String name : selected) {
            ServerFile file = target.find(name);
            boolean fits =
                    file != null
                            && file.state == ServerFile.State.RESTORING
                            && Objects.equals(file.base, backup.facts().base());
            if (!fits) {
                throw backup.kind() == BackupKind.FILES_DIFFERENTIAL
                        ? ServerMessages.fileInOtherState(name)
                        : ServerMessages.otherBase();
            }
        }
        requireNotPast();
        target.state = target.state == State.ONLINE ? State.ONLINE : State.RESTORING;
    }

    private static void requireRestored(ServerDatabase target) throws StatementFailed {
        for (ServerFile file : target.restoring()) {
            if (file.reached.equals(Lsn.ZERO)) {
                throw ServerMessages.notFullyRestored(file.name);
            }
        }
    }

    private void beginLog(@Nullable ServerDatabase present) throws StatementFailed {
        ServerDatabase target = requireWaiting(present);
        requireRestored(target);
        Lsn reached = target.reached();
        BackupHeader.Lsns lsns = header.lsns();
        if (lsns.first().compareTo(reached) > 0) {
            throw ServerMessages.tooRecent(lsns.first(), reached);
        }
        if (lsns.last().compareTo(reached) < 0) {
            throw ServerMessages.tooEarly(lsns.last(), reached);
        }
        requireFork(target);
        Order.Stop stop = order.stop();
        boolean isPast =
                stop != null && stop.isAtTime() && time(stop).isBefore(reachedTime(target));
        boolean isBefore = stop != null && stop.isAtLsn() && lsn(stop).compareTo(reached) < 0;
        if (isPast || isBefore) {
            throw ServerMessages.stopPassed();
        }
        target.restoring().forEach(file -> selected.add(file.name));
        target.state = target.state == State.ONLINE ? State.ONLINE : State.RESTORING;
    }

    /** The log of another fork does not fit, even where its numbers do. */
    private void requireFork(ServerDatabase target) throws StatementFailed {
        ServerBackup.Forks forks = backup.facts().forks();
        UUID here = target.forks.last();
        Lsn point = forks.point();
        boolean beforeFork = point == null || target.reached().compareTo(point) <= 0;
        boolean fits = beforeFork ? here.equals(forks.first()) : here.equals(forks.last());
        if (!fits) {
            throw ServerMessages.otherPath();
        }
    }

    private static LocalDateTime time(Order.Stop stop) {
        return Objects.requireNonNull(stop.time());
    }

    private static LocalDateTime reachedTime(ServerDatabase target) {
        return target.reachedTime == null ? LocalDateTime.MIN : target.reachedTime;
    }

    /** {@code lsn:} and the number, as messages and HEADERONLY print it. */
    private static Lsn lsn(Order.Stop stop) throws StatementFailed {
        String number = stop.mark().substring("lsn:".length());
        if (!number.matches("\\d{16,25}")) {
            throw ServerMessages.invalidMark();
        }
        int slot = number.length() - 5;
        int block = slot - 10;
        return new Lsn(
                Long.parseLong(number.substring(0, block)),
                Long.parseLong(number.substring(block, slot)),
                Integer.parseInt(number.substring(slot)));
    }

    /** A data backup can be restored as a whole only. */
    private void requireNotPast() throws StatementFailed {
        Order.Stop stop = order.stop();
        if (stop != null && stop.time() != null && stop.time().isBefore(finish())) {
            throw ServerMessages.stopBeforeThisSet();
        }
    }

    private LocalDateTime finish() {
        return Objects.requireNonNull(header.times().finish());
    }

    // ---- after the data

    /** Returns what is to be said of it. */
    List<Message> end() throws StatementFailed {
        synchronized (server) {
            ServerDatabase target = server.database(order.database());
            Lsn until = backup.isLog() ? until() : header.lsns().last();
            if (order.stop() != null && until != null && backup.facts().bulkLogged()) {
                throw ServerMessages.stopAmongBulkLogged();
            }
            if (backup.isLog()) {
                rollForward(target, until == null ? header.lsns().last() : until);
            } else {
                takePages(target);
            }
            target.restored.add(backup);
            target.reachedTime = reachedTime(until);
            backup.present().stream()
                    .filter(
                            file ->
                                    ServerBackup.isLog(file)
                                            || selected.contains(file.logicalName()))
                    .forEach(file -> messages.add(ServerMessages.pages(file, order.database())));
            finish(target, isStopReached(until));
            messages.add(ServerMessages.succeeded(order.verbInFull(), backup.pages()));
            return messages;
        }
    }

    private void takePages(ServerDatabase target) {
        BackupHeader.Lsns lsns = header.lsns();
        ServerBackup.Contents contents = backup.contents();
        for (String name : selected) {
            ServerFile file = target.file(name);
            if (contents != null) {
                file.pages.putAll(contents.pages().getOrDefault(name, Map.of()));
            }
            if (!backup.kind().isDifferential()) {
                file.base = new ServerBackup.Base(lsns.first(), backup.facts().guid());
            }
            file.readOnlySince = backup.facts().readOnly().contains(name) ? lsns.first() : null;
            file.reached = lsns.last();
        }
        if (target.state != State.ONLINE) {
            target.forks = ServerBackup.Forks.one(backup.facts().forks().last());
            target.checkpoint = lsns.checkpoint();
            target.fullCheckpoint =
                    backup.kind() == BackupKind.DATABASE
                            ? lsns.checkpoint()
                            : lsns.databaseBackup();
            target.recoveryModel = backup.facts().recoveryModel();
        }
    }

    private void rollForward(ServerDatabase target, Lsn until) {
        ServerBackup.Contents contents = backup.contents();
        for (String name : selected) {
            ServerFile file = target.file(name);
            List<ServerLog.Change> changes = contents == null ? List.of() : contents.changes();
            changes.stream()
                    .filter(change -> change.file().equals(name))
                    .filter(change -> change.lsn().compareTo(file.reached) >= 0)
                    .filter(change -> change.lsn().compareTo(until) < 0)
                    .forEach(
                            change ->
                                    file.pages.put(
                                            change.page(),
                                            new ServerFile.Page(change.text(), change.lsn())));
            file.reached = until.compareTo(file.reached) > 0 ? until : file.reached;
        }
        ServerBackup.Forks forks = backup.facts().forks();
        boolean isPastFork = forks.point() == null || until.compareTo(forks.point()) > 0;
        if (target.state != State.ONLINE && isPastFork) {
            target.forks = ServerBackup.Forks.one(forks.last());
        }
    }

    /** Where the log stops; null when that is not in this one. */
    private @Nullable Lsn until() throws StatementFailed {
        Order.Stop stop = order.stop();
        Lsn last = header.lsns().last();
        if (stop == null) {
            return last;
        }
        if (stop.isAtTime()) {
            return isInTime(time(stop)) ? atTime(time(stop)) : null;
        }
        ServerBackup.Contents contents = backup.contents();
        List<ServerLog.Change> changes = contents == null ? List.of() : contents.changes();
        if (stop.isAtLsn()) {
            Lsn at = lsn(stop);
            boolean isIn = at.compareTo(header.lsns().first()) >= 0 && at.compareTo(last) < 0;
            return isIn ? atMark(stop, at, changes) : null;
        }
        return changes.stream()
                .filter(change -> stop.mark().equalsIgnoreCase(change.mark()))
                .filter(change -> stop.time() == null || !change.time().isBefore(stop.time()))
                .map(ServerLog.Change::lsn)
                .findFirst()
                .map(at -> atMark(stop, at, changes))
                .orElse(null);
    }

    private boolean isInTime(LocalDateTime time) {
        return !time.isAfter(finish());
    }

    private Lsn atTime(LocalDateTime time) {
        ServerBackup.Contents contents = backup.contents();
        return (contents == null ? List.<ServerLog.Change>of() : contents.changes())
                .stream()
                        .filter(change -> change.time().isAfter(time))
                        .map(ServerLog.Change::lsn)
                        .findFirst()
                        .orElse(header.lsns().last());
    }

    private Lsn atMark(Order.Stop stop, Lsn at, List<ServerLog.Change> changes) {
        if (!stop.isInclusive()) {
            return at;
        }
        return changes.stream()
                .map(ServerLog.Change::lsn)
                .filter(lsn -> lsn.compareTo(at) > 0)
                .findFirst()
                .orElse(header.lsns().last());
    }

    private LocalDateTime reachedTime(@Nullable Lsn until) {
        Order.Stop stop = order.stop();
        return stop != null && stop.isAtTime() && until != null && isInTime(time(stop))
                ? time(stop)
                : finish();
    }

    /** Without a stop, the end is where it stops. */
    private boolean isStopReached(@Nullable Lsn until) {
        Order.Stop stop = order.stop();
        return stop == null
                || (backup.isLog() ? until != null : stop.isAtTime() && isInTime(time(stop)));
    }

    // ---- what becomes of the database

    private void finish(ServerDatabase target, boolean stopReached) throws StatementFailed {
        if (order.standby() != null && stopReached) {
            target.state = State.STANDBY;
            return;
        }
        if (order.has("NORECOVERY")) {
            return;
        }
        if (!stopReached) {
            boolean atTime = Objects.requireNonNull(order.stop()).isAtTime();
            messages.add(
                    atTime ? ServerMessages.stopNotReached() : ServerMessages.markNotReached());
            return;
        }
        messages.addAll(target.state == State.ONLINE ? online(target) : recover(target));
    }

    /** Files come back into a database that is in use, as soon as they have all of its log. */
    private List<Message> online(ServerDatabase target) {
        for (String name : selected) {
            ServerFile file = target.file(name);
            Lsn since = file.readOnlySince;
            boolean isConsistent = since != null && since.compareTo(file.reached) < 0;
            if (!isConsistent && file.reached.compareTo(file.wanted) < 0) {
                return ServerMessages.needsMore(file.reached, file.wanted);
            }
        }
        selected.forEach(name -> target.file(name).state = ServerFile.State.ONLINE);
        return List.of();
    }

    /** Brings a database into use, when its files have come equally far in the log. */
    static List<Message> recover(ServerDatabase target) throws StatementFailed {
        List<ServerFile> restoring = target.restoring();
        Lsn least = target.reached();
        if (least.equals(Lsn.ZERO)) {
            throw ServerMessages.logNotRestored();
        }
        Lsn most =
                restoring.stream()
                        .filter(file -> file.readOnlySince == null)
                        .map(file -> file.reached)
                        .max(Comparator.naturalOrder())
                        .orElse(least);
        boolean consistent =
                restoring.stream()
                        .allMatch(file -> file.readOnlySince != null || file.reached.equals(most));
        if (!consistent) {
            return ServerMessages.needsMore(least, most);
        }
        target.files.values().stream()
                .filter(file -> file.state == ServerFile.State.RESTORING)
                .forEach(file -> file.state = ServerFile.State.ONLINE);
        target.state = State.ONLINE;
        target.logChain = !target.isSimple();
        target.differentialBase = target.dataFiles().anyMatch(file -> file.base != null);
        target.backedUpTo = most;
        fork(target, most);
        return List.of();
    }

    /** What is written from now on is of a fork of its own. */
    private static void fork(ServerDatabase target, Lsn at) {
        target.forks = new ServerBackup.Forks(target.forks.last(), UUID.randomUUID(), at);
        if (target.log != null && !target.log.next().equals(at)) {
            target.log = new ServerLog(at, reachedTime(target));
        }
    }
}
