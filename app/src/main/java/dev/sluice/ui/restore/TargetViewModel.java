package dev.sluice.ui.restore;

import dev.sluice.job.FilePlan;
import dev.sluice.job.PlacedFile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.media.BackupSet;
import dev.sluice.media.Manifest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Recovery;
import dev.sluice.sql.RestoreStatement.Move;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.DatabaseRow;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To what is restored: server, database, files, and the state it is left in; checked as it is
 * typed. FX thread.
 */
public final class TargetViewModel {

    /** The state the database is left in. */
    public enum After {
        /** Usable: RECOVERY. */
        ONLINE,
        /** Waiting for a further restore: NORECOVERY. */
        RESTORING,
        /** Readable, and open to a further restore: STANDBY. */
        STANDBY
    }

    private static final int LONGEST_NAME = 128;

    private final Texts texts;
    private final ObservableList<DatabaseRow> databases;
    private final ObservableList<String> servers = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable String> server = new SimpleObjectProperty<>();
    private final Field name = new Field("");
    private final Field dataFolder = new Field("");
    private final Field logFolder = new Field("");
    private final Field standbyFile = new Field("");
    private final Field limitRate = new Field("");
    private final BooleanProperty replace = new SimpleBooleanProperty();
    private final BooleanProperty closeConnections = new SimpleBooleanProperty();
    private final BooleanProperty checksum = new SimpleBooleanProperty();
    private final ObjectProperty<After> after = new SimpleObjectProperty<>(After.ONLINE);
    private final ObservableList<FileRow> files = FXCollections.observableArrayList();
    private final Map<String, String> moved = new LinkedHashMap<>();
    private final ReadOnlyStringWrapper overwrites = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper effect = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper exists = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper destructive = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private FilePlan plan = FilePlan.NONE;
    private List<BackupSet> sets = List.of();
    private StopAt stop = new StopAt.End();
    private @Nullable Manifest proposedFor;
    private @Nullable RestoreRequest filled;

    TargetViewModel(ObservableList<DatabaseRow> databases, Texts texts) {
        this.databases = databases;
        this.texts = texts;
        List<Observable> inputs =
                List.of(
                        server,
                        name.text(),
                        dataFolder.text(),
                        logFolder.text(),
                        standbyFile.text(),
                        limitRate.text(),
                        replace,
                        closeConnections,
                        checksum,
                        after,
                        databases);
        inputs.forEach(input -> input.addListener(changed -> check()));
    }

    // ---- what it is about

    /** Takes the names of the servers to choose from. */
    void offer(List<String> names) {
        String before = server.get();
        if (!servers.equals(names)) {
            servers.setAll(names);
        }
        server.set(before != null && names.contains(before) ? before : proposedServer());
    }

    // a set may come from a server that is not among ours
    private @Nullable String proposedServer() {
        String of = sets.isEmpty() ? "" : sets.getFirst().manifest().server();
        return servers.contains(of) ? of : servers.stream().findFirst().orElse(null);
    }

    /** Turns to other sets; of another database, the proposals begin anew. */
    void restoreFrom(List<BackupSet> chosen, StopAt where) {
        sets = List.copyOf(chosen);
        stop = where;
        if (!sets.isEmpty() && !isSameDatabase(sets.getFirst().manifest(), proposedFor)) {
            propose(sets.getFirst().manifest());
        }
        check();
    }

    /** The proposals begin anew with the next sets. */
    void forget() {
        proposedFor = null;
    }

    private static boolean isSameDatabase(Manifest one, @Nullable Manifest other) {
        return other != null
                && one.server().equals(other.server())
                && one.database().equals(other.database());
    }

    private void propose(Manifest manifest) {
        proposedFor = manifest;
        filled = null;
        moved.clear();
        List.of(dataFolder, logFolder, standbyFile).forEach(field -> field.text().set(""));
        replace.set(false);
        closeConnections.set(false);
        after.set(After.ONLINE);
        server.set(proposedServer());
        name.text().set(manifest.database());
    }

    /** Fills the form with a request, such as that of a profile. */
    void fill(RestoreRequest request) {
        filled = request;
        RestoreRequest.Options options = request.options();
        server.set(request.server());
        if (request.database() != null) {
            name.text().set(request.database());
        }
        replace.set(options.replace());
        closeConnections.set(options.closeConnections());
        checksum.set(options.checksum());
        dataFolder.text().set(orEmpty(options.dataFolder()));
        logFolder.text().set(orEmpty(options.logFolder()));
        moved.clear();
        options.moves().forEach(move -> moved.put(move.logicalName(), move.path()));
        long limit = request.limitRate();
        limitRate.text().set(limit == 0 ? "" : Numbers.toMebibytes(limit));
        switch (options.recovery()) {
            case Recovery.Recover() -> after.set(After.ONLINE);
            case Recovery.NoRecovery() -> after.set(After.RESTORING);
            case Recovery.Standby(String undoFile) -> {
                standbyFile.text().set(undoFile);
                after.set(After.STANDBY);
            }
        }
        check();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Takes what the server told of the files. */
    void show(FilePlan told) {
        plan = told;
        check();
    }

    /** Sends a file to a place of its own; a blank one leaves it to the folders again. */
    public void move(PlacedFile file, String to) {
        if (to.isBlank()) {
            moved.remove(file.logicalName());
        } else {
            moved.put(file.logicalName(), to.strip());
        }
        check();
    }

    // ---- the request

    /** The request; empty as long as something is wrong with it. */
    Optional<RestoreRequest> request() {
        return good.get()
                ? Optional.of(request(named(), replace.get(), moves()))
                : Optional.empty();
    }

    /**
     * What to ask the server to learn of the files, whatever is wrong with the rest; empty as long
     * as there is no server or set.
     */
    Optional<RestoreRequest> look() {
        if (server.get() == null || sets.isEmpty()) {
            return Optional.empty();
        }
        String named = named().isEmpty() ? sets.getFirst().manifest().database() : named();
        return good.get() ? request() : Optional.of(request(named, true, List.of()));
    }

    private RestoreRequest request(String database, boolean replacing, List<Move> moves) {
        List<Path> folders = sets.stream().map(BackupSet::directory).toList();
        // what a profile says and the form does not show stays as it is
        RestoreRequest base = filled != null && filled.sets().equals(folders) ? filled : null;
        return new RestoreRequest(
                String.valueOf(server.get()),
                folders,
                database,
                new RestoreRequest.Options(
                        replacing,
                        checksum.get(),
                        recovery(),
                        stop,
                        base == null ? new Scope.WholeDatabase() : base.options().scope(),
                        base != null && base.options().partial(),
                        moves,
                        orNull(dataFolder),
                        orNull(logFolder),
                        closeConnections.get()),
                base == null ? TransferOptions.DEFAULT : base.transfer(),
                Numbers.mebibytes(limitRate.text().get()).orElse(0));
    }

    private Recovery recovery() {
        return switch (after.get()) {
            case ONLINE -> new Recovery.Recover();
            case RESTORING -> new Recovery.NoRecovery();
            case STANDBY ->
                    standbyFile.isGood() && !standbyFile.isBlank()
                            ? new Recovery.Standby(standbyFile.text().get().strip())
                            : new Recovery.NoRecovery();
        };
    }

    private static @Nullable String orNull(Field folder) {
        return folder.isBlank() ? null : folder.text().get().strip();
    }

    private String named() {
        return name.text().get().strip();
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        moved.forEach((file, path) -> move(file, path).ifPresent(moves::add));
        return moves;
    }

    private static Optional<Move> move(String file, String path) {
        try {
            return Optional.of(new Move(file, path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    // ---- what is wrong

    private void check() {
        limitRate.require(
                limitRate.isBlank() || Numbers.mebibytes(limitRate.text().get()).isPresent(),
                texts.get("backup.limitRate.wrong"));
        standbyFile.setError(after.get() == After.STANDBY ? standbyError() : "");
        exists.set(existing() != null && !continues());
        name.setError(nameError());
        showFiles();
        boolean filesFit = files.stream().allMatch(row -> row.problem().isEmpty());
        destructive.set(exists.get() && (replace.get() || beginsAnew()));
        good.set(
                server.get() != null
                        && !sets.isEmpty()
                        && name.isGood()
                        && standbyFile.isGood()
                        && limitRate.isGood()
                        && filesFit);
        overwrites.set(exists.get() ? texts.get("restore.overwrites", named()) : "");
        effect.set(good.get() ? what() + " " + afterwards() : "");
    }

    private String standbyError() {
        try {
            new Recovery.Standby(standbyFile.text().get().strip());
            return "";
        } catch (IllegalArgumentException e) {
            return texts.get("restore.standby.wrong");
        }
    }

    private String nameError() {
        if (named().isEmpty() || named().length() > LONGEST_NAME) {
            return texts.get("restore.target.wrong");
        }
        if (sets.isEmpty() || continues()) {
            return "";
        }
        if (sets.getFirst().manifest().type() != BackupType.FULL) {
            return texts.get("restore.target.notWaiting");
        }
        boolean ofPart = !sets.getFirst().manifest().ofWholeDatabase();
        return existing() != null && !replace.get() && !ofPart && !beginsAnew()
                ? texts.get("restore.target.exists")
                : "";
    }

    private void showFiles() {
        List<FileRow> rows = new ArrayList<>();
        List<PlacedFile> places =
                plan.places(named(), moves(), orNull(dataFolder), orNull(logFolder));
        for (PlacedFile file : places) {
            String typed = moved.get(file.logicalName());
            boolean refused = typed != null && move(file.logicalName(), typed).isEmpty();
            String to = typed != null && refused ? typed : orEmpty(file.to());
            String problem =
                    refused ? texts.get("restore.files.noPath") : texts.tell(file.problem());
            rows.add(new FileRow(file, to, typed != null, problem));
        }
        if (!files.equals(rows)) {
            files.setAll(rows);
        }
    }

    // ---- in words

    private String what() {
        if (continues()) {
            return texts.get("restore.effect.continues", named());
        }
        return exists.get()
                ? texts.get("restore.effect.replaces", named())
                : texts.get("restore.effect.creates", named());
    }

    private String afterwards() {
        return texts.of("restore.then", after.get());
    }

    /** Sets without a beginning go onto a database that a restore left waiting. */
    private boolean continues() {
        DatabaseRow row = existing();
        return !sets.isEmpty()
                && sets.getFirst().manifest().type() != BackupType.FULL
                && row != null
                && row.info().state().awaitsRestore();
    }

    /** A database that waits for its own restore is replaced without being asked for. */
    private boolean beginsAnew() {
        DatabaseRow row = existing();
        return row != null
                && !sets.isEmpty()
                && row.info().state() == DatabaseInfo.State.RESTORING
                && row.info().name().equals(sets.getFirst().manifest().database());
    }

    private @Nullable DatabaseRow existing() {
        return databases.stream()
                .filter(row -> row.server().equals(server.get()))
                .filter(row -> row.info().name().equalsIgnoreCase(named()))
                .findFirst()
                .orElse(null);
    }

    // ---- what is shown

    /** The servers to choose from. */
    public ObservableList<String> servers() {
        return servers;
    }

    /** The one to restore to; null when there is none. */
    public ObjectProperty<@Nullable String> server() {
        return server;
    }

    /** Name of the database to restore to. */
    public Field name() {
        return name;
    }

    /** REPLACE: an existing database may be overwritten. */
    public BooleanProperty replace() {
        return replace;
    }

    /** Whether a database of this name is there, and would be overwritten. */
    public ReadOnlyBooleanProperty exists() {
        return exists.getReadOnlyProperty();
    }

    /** What would be overwritten, in words; empty for nothing. */
    public ReadOnlyStringProperty overwrites() {
        return overwrites.getReadOnlyProperty();
    }

    /** Other connections are closed first. */
    public BooleanProperty closeConnections() {
        return closeConnections;
    }

    /** CHECKSUM: backups without checksums are refused. */
    public BooleanProperty checksum() {
        return checksum;
    }

    /** The state the database is left in. */
    public ObjectProperty<After> after() {
        return after;
    }

    /** Path on the server of the file that STANDBY keeps. */
    public Field standbyFile() {
        return standbyFile;
    }

    /** Folder on the server for data files; blank for the server's own. */
    public Field dataFolder() {
        return dataFolder;
    }

    /** Folder on the server for log files; blank for the server's own. */
    public Field logFolder() {
        return logFolder;
    }

    /** MiB per second; blank for no limit. */
    public Field limitRate() {
        return limitRate;
    }

    /** The files, once the server has told of them. */
    public ObservableList<FileRow> files() {
        return files;
    }

    /** The server's own folder for data files; empty while unknown, or where it has none. */
    String usualDataFolder() {
        return orEmpty(plan.dataFolder());
    }

    /** The server's own folder for log files; empty while unknown, or where it has none. */
    String usualLogFolder() {
        return orEmpty(plan.logFolder());
    }

    /** What the restore will do and leave, in words; empty as long as something is wrong. */
    public ReadOnlyStringProperty effect() {
        return effect.getReadOnlyProperty();
    }

    /** Whether it overwrites a database. */
    public ReadOnlyBooleanProperty destructive() {
        return destructive.getReadOnlyProperty();
    }

    /** Whether nothing is wrong. */
    public ReadOnlyBooleanProperty good() {
        return good.getReadOnlyProperty();
    }
}
