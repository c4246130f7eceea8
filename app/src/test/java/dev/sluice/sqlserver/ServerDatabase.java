package dev.sluice.sqlserver;

import dev.sluice.media.mtf.BackupHeader;
import dev.sluice.media.mtf.BackupHeader.DatabaseFile;
import dev.sluice.media.mtf.BackupKind;
import dev.sluice.media.mtf.Lsn;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.UserAccess;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A database of a {@link SqlServerDouble}, which guards it. Either its backups are recordings of
 * SQL Server's, and all that is known of its contents is which of them were restored; or it is
 * live: it has pages and a log, of which it makes its backups.
 */
final class ServerDatabase {

    static final String PRIMARY = "PRIMARY";

    private static final LocalDateTime CREATED = LocalDateTime.of(2026, 1, 10, 8, 0);

    final String name;

    /** The GUID it keeps for life, and passes on to its copies. */
    UUID family;

    /** What its backups replay; empty for a live one. */
    private List<ServerBackup> recordings;

    /** Of a live one; null for one whose backups are recorded. */
    @Nullable ServerLog log;

    /** Its files, by logical names. */
    final Map<String, ServerFile> files = new LinkedHashMap<>();

    /** When it was, in UTC. */
    LocalDateTime created = CREATED;

    State state = State.ONLINE;
    String recoveryModel = "FULL";
    UserAccess access = UserAccess.MULTI_USER;

    /** Connections of others, in the way of a restore. */
    int users;

    /** Thumbprint of the certificate that it is encrypted by (TDE); empty when it is not. */
    String encryptedBy = "";

    boolean differentialBase;
    boolean logChain;

    /** Where the next log backup begins. */
    Lsn backedUpTo = Lsn.ZERO;

    /** The checkpoint of the last full backup, and the last checkpoint of all. */
    Lsn fullCheckpoint = Lsn.ZERO;

    Lsn checkpoint = Lsn.ZERO;

    /** The fork of the log it is on, where it began, and the one it comes from. */
    ServerBackup.Forks forks;

    /** What was restored to it, in order; empty for one that was never restored. */
    final List<ServerBackup> restored = new ArrayList<>();

    /** The time that its log was rolled forward to; null for one that was never restored. */
    @Nullable LocalDateTime reachedTime;

    /** Of the server. */
    BackupHeader.ServerVersion version = new BackupHeader.ServerVersion(16, 0, 4175);

    private int logsTaken;

    private ServerDatabase(String name, UUID family, List<ServerBackup> recordings) {
        this.name = name;
        this.family = family;
        this.recordings = recordings;
        this.forks = ServerBackup.Forks.one(firstFork(family));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The family of a database that was created under a name. */
    static UUID familyOf(String name) {
        return UUID.nameUUIDFromBytes(bytes(name));
    }

    /** The fork that the log of a database begins with. */
    static UUID firstFork(UUID family) {
        return UUID.nameUUIDFromBytes(bytes("fork of " + family));
    }

    /** The database of which the recordings are. */
    static ServerDatabase recorded(List<ServerBackup> recordings) {
        ServerBackup first = recordings.getFirst();
        ServerDatabase made =
                new ServerDatabase(first.header().database(), first.facts().family(), recordings);
        first.header().files().forEach(file -> made.add(first, file, made.ownPath(file)));
        return made;
    }

    private String ownPath(DatabaseFile file) {
        return ServerBackup.isLog(file)
                ? SqlServerDouble.LOG_FOLDER + file.logicalName() + ".ldf"
                : SqlServerDouble.DATA_FOLDER + file.logicalName() + ".mdf";
    }

    /** One with a primary file and a log. */
    static ServerDatabase live(String name) {
        ServerDatabase made = new ServerDatabase(name, familyOf(name), List.of());
        made.log = new ServerLog(CREATED);
        made.addFile(name, PRIMARY);
        made.files.put(
                name + "_log",
                new ServerFile(2, name + "_log", null, SqlServerDouble.LOG_FOLDER + name + ".ldf"));
        return made;
    }

    /** One that a restore makes. */
    static ServerDatabase toBeRestored(String name) {
        return new ServerDatabase(name, familyOf(name), List.of());
    }

    /** A restore begins: nothing of what it was is left but its name. */
    void becomes(ServerBackup backup, List<ServerBackup> chain) {
        family = backup.facts().family();
        encryptedBy = backup.facts().encryptedBy();
        recordings = chain;
        log = backup.contents() == null ? null : new ServerLog(CREATED);
        files.clear();
        restored.clear();
        reachedTime = null;
        state = State.RESTORING;
    }

    void add(ServerBackup backup, DatabaseFile file, String path) {
        files.put(
                file.logicalName(),
                new ServerFile(file.id(), file.logicalName(), backup.filegroup(file), path));
    }

    // ---- for the test: what is in a live one

    /** Adds a file to a filegroup, which begins with its first file. */
    ServerFile addFile(String file, String filegroup) {
        int id = files.isEmpty() ? 1 : files.size() + 1;
        String suffix = filegroup.equals(PRIMARY) ? ".mdf" : ".ndf";
        ServerFile made =
                new ServerFile(id, file, filegroup, SqlServerDouble.DATA_FOLDER + file + suffix);
        files.put(file, made);
        return made;
    }

    /** Writes a page, in a transaction of its own. */
    void write(String file, int page, String text) {
        write(file, page, text, null);
    }

    /** The same; the transaction is marked. */
    void write(String file, int page, String text, @Nullable String mark) {
        write(file, page, text, mark, false);
    }

    /** The same; it is bulk-logged, as BULK_LOGGED allows it. */
    void writeInBulk(String file, int page, String text) {
        if (!recoveryModel.equals("BULK_LOGGED")) {
            throw new AssertionError("nothing is bulk-logged under " + recoveryModel);
        }
        write(file, page, text, null, true);
    }

    private void write(String file, int page, String text, @Nullable String mark, boolean bulk) {
        ServerFile target = file(file);
        if (target.readOnlySince != null || target.state != ServerFile.State.ONLINE) {
            throw new AssertionError("%s cannot be written".formatted(file));
        }
        ServerLog.Change change = live().write(file, page, text, mark, bulk);
        target.pages.put(page, new ServerFile.Page(text, change.lsn()));
    }

    /** Writes many pages. */
    void fill(String file, int pages) {
        for (int page = 0; page < pages; page++) {
            write(file, page, "page " + page);
        }
    }

    /** From now on nobody can write the filegroup. */
    void setReadOnly(String filegroup) {
        Lsn now = live().advance();
        dataFiles()
                .filter(file -> filegroup.equals(file.filegroup))
                .forEach(file -> file.readOnlySince = now);
    }

    /** The time by its clock. */
    LocalDateTime now() {
        return live().now();
    }

    /** The texts of all pages that can be read, by file. */
    SortedMap<String, SortedMap<Integer, String>> content() {
        SortedMap<String, SortedMap<Integer, String>> content = new TreeMap<>();
        dataFiles()
                .filter(file -> file.state == ServerFile.State.ONLINE)
                .forEach(
                        file -> {
                            SortedMap<Integer, String> texts = new TreeMap<>();
                            file.pages.forEach((number, page) -> texts.put(number, page.text()));
                            content.put(file.name, texts);
                        });
        return content;
    }

    ServerLog live() {
        return Objects.requireNonNull(log, "its backups are recordings");
    }

    // ---- files

    /** A file that must be there. */
    ServerFile file(String logicalName) {
        return Objects.requireNonNull(find(logicalName), logicalName);
    }

    @Nullable ServerFile find(String logicalName) {
        return files.values().stream()
                .filter(file -> file.name.equalsIgnoreCase(logicalName))
                .findFirst()
                .orElse(null);
    }

    Stream<ServerFile> dataFiles() {
        return files.values().stream().filter(file -> !file.isLog());
    }

    /** Those that a restore goes on with. */
    List<ServerFile> restoring() {
        return dataFiles().filter(file -> file.state == ServerFile.State.RESTORING).toList();
    }

    boolean isAt(String path) {
        return files.values().stream().anyMatch(file -> file.path.equals(path));
    }

    /** Places of its files, by logical names. */
    Map<String, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        files.values().forEach(file -> paths.put(file.name, file.path));
        return paths;
    }

    /** Where the log must go on; the same for all files but in the midst of a restore. */
    Lsn reached() {
        return restoring().stream()
                .map(file -> file.reached)
                .min(Comparator.naturalOrder())
                .orElse(Lsn.ZERO);
    }

    /** As others see it: of a database that waits and can be read, every file is open. */
    ServerFile.State stateOf(ServerFile file) {
        return state == State.STANDBY ? ServerFile.State.ONLINE : file.state;
    }

    boolean isSimple() {
        return recoveryModel.equals("SIMPLE");
    }

    // ---- sizes, as its catalog tells them

    /** A data file's bytes, roughly. */
    long bytes() {
        return recordings.isEmpty()
                ? dataFiles().mapToLong(file -> 8192L * (file.pages.size() + 8)).sum()
                : recordings.getFirst().size();
    }

    /** Pages of data in the backups of a kind, 0 without any. */
    long dataPages(BackupKind kind) {
        if (recordings.isEmpty()) {
            boolean all = kind == BackupKind.DATABASE;
            return dataFiles()
                    .mapToLong(file -> all ? file.pages.size() : changed(file).size())
                    .sum();
        }
        return recordings.stream()
                .filter(recording -> recording.kind() == kind)
                .flatMap(recording -> recording.header().files().stream())
                .filter(file -> file.type() == DatabaseFile.Type.DATA)
                .mapToLong(DatabaseFile::pages)
                .sum();
    }

    /** The pages that a differential backup takes. */
    static SortedMap<Integer, ServerFile.Page> changed(ServerFile file) {
        ServerBackup.Base base = file.base;
        SortedMap<Integer, ServerFile.Page> changed = new TreeMap<>(file.pages);
        if (base != null) {
            changed.values().removeIf(page -> page.lsn().compareTo(base.lsn()) < 0);
        }
        return changed;
    }

    // ---- backups

    /** The backup set that this BACKUP writes. */
    ServerBackup nextBackup(BackupKind kind, Order.Backup order, Set<String> selected) {
        if (log != null) {
            return new LiveBackup(this, kind, order, selected).make();
        }
        if (!order.part().isWhole() || !order.compression().isEmpty()) {
            throw new AssertionError(
                    "no such backup of %s was recorded: %s".formatted(name, order));
        }
        int devices = order.devices().size();
        return recordings.stream()
                .filter(recording -> recording.kind() == kind)
                .filter(recording -> recording.stripes().size() == devices)
                .skip(kind == BackupKind.LOG ? logsTaken : 0)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no further %s backup of %s on %d devices was recorded"
                                                .formatted(kind, name, devices)));
    }

    /** What a BACKUP changes, once it has succeeded. */
    void backedUp(Order.Backup order, ServerBackup backup) {
        boolean copyOnly = order.has("COPY_ONLY") || order.has("NO_TRUNCATE");
        BackupHeader.Lsns lsns = backup.header().lsns();
        checkpoint = backup.isLog() ? checkpoint : lsns.checkpoint();
        if (backup.isLog()) {
            logBackedUp(order, copyOnly, lsns.last());
        } else if (!backup.kind().isDifferential() && !copyOnly) {
            ServerBackup.Base base = new ServerBackup.Base(lsns.first(), backup.facts().guid());
            backup.facts().present().forEach(file -> file(file).base = base);
            differentialBase = true;
        }
        if (backup.kind() == BackupKind.DATABASE) {
            fullCheckpoint = copyOnly ? fullCheckpoint : lsns.checkpoint();
            if (!logChain && !isSimple()) {
                logChain = true;
                backedUpTo = lsns.first();
            }
        }
    }

    private void logBackedUp(Order.Backup order, boolean copyOnly, Lsn last) {
        boolean tail = order.has("NORECOVERY");
        if (!copyOnly || tail) {
            logsTaken++;
            backedUpTo = last;
            // the next log backup is of one fork
            forks = ServerBackup.Forks.one(forks.last());
        }
        if (tail) {
            leaveRestoring(last);
        }
    }

    /** After the tail of its log. */
    void leaveRestoring(Lsn last) {
        state = State.RESTORING;
        dataFiles()
                .filter(file -> file.state == ServerFile.State.ONLINE)
                .forEach(
                        file -> {
                            file.state = ServerFile.State.RESTORING;
                            file.reached = last;
                        });
    }

    /** Loses a file: the database cannot start. */
    void lose(String logicalName, State becomes) {
        file(logicalName).pages.clear();
        state = becomes;
    }

    /** The data files a part of it is, those of a whole being all. */
    Set<String> select(Order.Part part) throws StatementFailed {
        Set<String> selected = new HashSet<>();
        for (String wanted : part.files()) {
            ServerFile file = find(wanted);
            if (file == null) {
                throw ServerMessages.noMember(wanted, name);
            }
            selected.add(file.name);
        }
        for (String wanted : part.filegroups()) {
            List<ServerFile> members =
                    dataFiles().filter(file -> wanted.equalsIgnoreCase(file.filegroup)).toList();
            if (members.isEmpty()) {
                throw ServerMessages.noFilegroup(wanted, name);
            }
            members.forEach(file -> selected.add(file.name));
        }
        dataFiles()
                .filter(file -> part.isWhole() || (part.readWrite() && file.readOnlySince == null))
                .forEach(file -> selected.add(file.name));
        return selected;
    }
}
