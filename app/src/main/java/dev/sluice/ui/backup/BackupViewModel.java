package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.JobException.About;
import dev.sluice.job.TypeRule;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.ui.backup.StatementsModel.Refusal;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.FolderCheck.Finding;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The form of a backup, checked as it is typed. FX thread. */
public final class BackupViewModel {

    private static final int MOST_DEVICES = 64;

    private final Texts texts;
    private final Background background;
    private final DatabasesModel databases = new DatabasesModel();
    private final BackupOptionsModel options;
    private final StatementsModel statements;
    private final ObjectProperty<BackupType> type = new SimpleObjectProperty<>(BackupType.FULL);
    private final Field devices = new Field("4");
    private final Field destination = new Field("");
    private final BooleanProperty copyOnly = new SimpleBooleanProperty();
    private final BooleanProperty checksum = new SimpleBooleanProperty(true);
    private final BooleanProperty noRecovery = new SimpleBooleanProperty();
    private final BooleanProperty noTruncate = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper destinationHint = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper files = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper profile = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper typeProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper room = new ReadOnlyStringWrapper("");
    private @Nullable Finding found;
    private OptionalLong free = OptionalLong.empty();
    private @Nullable BackupRequest request;
    private @Nullable Field refused;

    /**
     * A form for four devices.
     *
     * @param destination the folder to begin with
     * @param planner tells what would run
     */
    public BackupViewModel(
            Path destination, StatementsModel.Planner planner, Background background, Texts texts) {
        this.texts = texts;
        this.background = background;
        this.options = new BackupOptionsModel(texts);
        this.statements = new StatementsModel(planner, background, texts);
        statements.refusal().subscribe(this::showRefusal);
        this.destination.text().subscribe(this::checkDestination);
        List<Observable> inputs = new ArrayList<>(options.inputs());
        inputs.addAll(
                List.of(
                        databases.server(),
                        databases.chosen(),
                        type,
                        devices.text(),
                        copyOnly,
                        checksum,
                        noRecovery,
                        noTruncate));
        inputs.forEach(input -> input.addListener(changed -> check()));
        this.destination.text().set(destination.toString());
    }

    /** What was looked up for a destination. */
    private record Looked(Finding finding, OptionalLong free) {}

    /** Fills the form with the request of a profile, to be changed. */
    public void edit(String name, BackupRequest wanted) {
        fill(wanted);
        profile.set(name);
    }

    /** From now on the form is of no profile; what is filled in stays. */
    public void leaveProfile() {
        profile.set("");
    }

    /** Fills the form with a request. */
    void fill(BackupRequest wanted) {
        leaveProfile();
        databases.choose(wanted.server(), wanted.databases());
        type.set(wanted.type());
        devices.text().set(Integer.toString(wanted.devices()));
        destination.text().set(wanted.destination().toString());
        copyOnly.set(wanted.options().copyOnly());
        checksum.set(wanted.options().checksum());
        noRecovery.set(wanted.options().tail().noRecovery());
        noTruncate.set(wanted.options().tail().noTruncate());
        options.fill(wanted);
        check();
    }

    /** The request; empty as long as something is wrong with the form. */
    public Optional<BackupRequest> request() {
        return Optional.ofNullable(request);
    }

    private @Nullable BackupRequest made() {
        String server = databases.server().get();
        boolean complete =
                server != null
                        && !databases.chosen().get().isEmpty()
                        && found != null
                        && devices.isGood()
                        && destination.isGood()
                        && options.isGood();
        if (!complete) {
            return null;
        }
        boolean log = type.get() == BackupType.LOG;
        return new BackupRequest(
                server,
                databases.chosen().get(),
                type.get(),
                options.scope(),
                options.options(
                        copyOnly.get() && type.get() != BackupType.DIFFERENTIAL,
                        checksum.get(),
                        TailLog.of(log && noRecovery.get(), log && noTruncate.get())),
                Path.of(destination.text().get().strip()),
                Numbers.whole(devices.text().get(), 1, MOST_DEVICES).orElseThrow(),
                options.limit());
    }

    // The disk answers later; until then the form is not good, and only the last answer counts.
    private void checkDestination(String text) {
        found = null;
        check();
        lookAt(text);
    }

    /** Looks at the destination again: a job may have made it meanwhile, or filled its disk. */
    public void lookAgain() {
        lookAt(destination.text().get());
    }

    private void lookAt(String text) {
        background.run(
                () -> new Looked(FolderCheck.look(text), FolderCheck.freeBytes(text)),
                looked -> destinationChecked(text, looked),
                failure -> destination.setError(texts.tell(failure)));
    }

    private void destinationChecked(String text, Looked looked) {
        if (text.equals(destination.text().get())) {
            found = looked.finding();
            free = looked.free();
            boolean usable = found == Finding.GOOD || found == Finding.WILL_BE_MADE;
            String says = texts.of("folder", looked.finding());
            destination.setError(usable ? "" : says);
            destinationHint.set(usable ? hint(says, looked.free()) : "");
            check();
        }
    }

    private String hint(String says, OptionalLong free) {
        return free.isPresent()
                ? texts.get("folder.free", says, Formats.bytes(free.getAsLong()))
                : says;
    }

    /** What the server, or a look at the disk, refused stands where it can be mended. */
    private void showRefusal(Refusal refusal) {
        About about = refusal.about();
        problem.set(about == About.REQUEST ? refusal.text() : "");
        typeProblem.set(about == About.TYPE ? refusal.text() : typeRefused());
        options.refuseCompression(about == About.COMPRESSION ? refusal.text() : "");
        if (about == About.DESTINATION) {
            refuse(destination, refusal.text());
        } else if (about == About.BUFFERS) {
            refuse(options.bufferCount(), refusal.text());
        }
        showReady();
    }

    // what is to blame is marked: the same would be refused again; what the list of databases tells
    // may be some minutes old, and only the server knows better
    private void showReady() {
        boolean marked =
                refused != null
                        || statements.refusal().get().about() == About.TYPE
                        || !options.compressionProblem().get().isEmpty();
        ready.set(good.get() && !marked);
    }

    private void refuse(Field field, String why) {
        field.touch();
        field.setError(why);
        refused = field;
    }

    // what was refused may not be refused again, in another form or at another time
    private void forgetRefusal() {
        if (refused != null) {
            refused.setError("");
            refused = null;
            options.check();
        }
    }

    private void check() {
        forgetRefusal();
        options.wholeOnly().set(type.get() == BackupType.LOG);
        devices.require(
                Numbers.whole(devices.text().get(), 1, MOST_DEVICES).isPresent(),
                texts.get("backup.devices.wrong"));
        BackupRequest now = made();
        if (now == null || !now.equals(request)) {
            statements.clear();
        }
        if (statements.refusal().get().about() != About.TYPE) {
            typeProblem.set(typeRefused());
        }
        request = now;
        good.set(now != null);
        showReady();
        room.set(now == null ? "" : lackOfRoom(now));
        files.set(now == null ? missing() : files(now));
    }

    // only a look at the server tells more closely how much it will be
    private String lackOfRoom(BackupRequest now) {
        boolean all = now.type() == BackupType.FULL && now.scope() instanceof Scope.WholeDatabase;
        long bytes = databases.chosenInfos().stream().mapToLong(DatabaseInfo::sizeBytes).sum();
        return all && free.isPresent() && free.getAsLong() < bytes
                ? texts.get("backup.room", Formats.bytes(bytes))
                : "";
    }

    // where one of several can be backed up, the others are told of with the statements
    private String typeRefused() {
        List<DatabaseInfo> chosen = databases.chosenInfos();
        List<Told> refusals =
                chosen.stream()
                        .flatMap(database -> TypeRule.refusal(type.get(), database).stream())
                        .toList();
        return refusals.isEmpty() || refusals.size() < databases.chosen().get().size()
                ? ""
                : texts.tell(refusals.getFirst());
    }

    private String missing() {
        return databases.chosen().get().isEmpty()
                ? texts.get("backup.preview.none")
                : texts.get("backup.preview.wrong");
    }

    private String files(BackupRequest now) {
        boolean one = now.databases().size() == 1;
        Path folder =
                now.destination()
                        .resolve(now.server())
                        .resolve(one ? now.database() : texts.get("backup.preview.each"))
                        .resolve("…-" + now.type().word());
        return texts.get(
                "backup.preview.files",
                now.devices(),
                folder,
                "stripe-%02d.bak".formatted(now.devices()),
                now.databases().size());
    }

    /** Finds out what would run. */
    public void showStatements() {
        forgetRefusal();
        request().ifPresent(statements::ask);
    }

    /** The server and its databases. */
    public DatabasesModel databases() {
        return databases;
    }

    /** What is not usual. */
    public BackupOptionsModel options() {
        return options;
    }

    /** What would run, once it was asked for. */
    public StatementsModel statements() {
        return statements;
    }

    /** Full, differential or log. */
    public ObjectProperty<BackupType> type() {
        return type;
    }

    /** Number of devices. */
    public Field devices() {
        return devices;
    }

    /** The folder under which backup sets are made. */
    public Field destination() {
        return destination;
    }

    /** COPY_ONLY. */
    public BooleanProperty copyOnly() {
        return copyOnly;
    }

    /** CHECKSUM. */
    public BooleanProperty checksum() {
        return checksum;
    }

    /** NORECOVERY; counts for a log backup. */
    public BooleanProperty noRecovery() {
        return noRecovery;
    }

    /** NO_TRUNCATE; counts for a log backup. */
    public BooleanProperty noTruncate() {
        return noTruncate;
    }

    /** What to know of a destination that can be used. */
    public ReadOnlyStringProperty destinationHint() {
        return destinationHint.getReadOnlyProperty();
    }

    /** That what is chosen is larger than what is free at the destination; empty when it is not. */
    public ReadOnlyStringProperty room() {
        return room.getReadOnlyProperty();
    }

    /** The files that will be made, or what is missing, in words. */
    public ReadOnlyStringProperty files() {
        return files.getReadOnlyProperty();
    }

    /** Why a backup of the chosen type was refused; empty when it was not. */
    public ReadOnlyStringProperty typeProblem() {
        return typeProblem.getReadOnlyProperty();
    }

    /** Why nothing would run, where no field is to blame; empty for nothing. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** The name of the profile that is being changed; empty for none. */
    public ReadOnlyStringProperty profile() {
        return profile.getReadOnlyProperty();
    }

    /** Whether nothing is wrong, and nothing that is marked was refused: a backup may begin. */
    public ReadOnlyBooleanProperty ready() {
        return ready.getReadOnlyProperty();
    }

    /** Whether nothing is wrong with what is filled in. */
    public ReadOnlyBooleanProperty good() {
        return good.getReadOnlyProperty();
    }
}
