package dev.sluice.ui.backup;

import dev.sluice.job.BackupRequest;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.FolderCheck;
import dev.sluice.ui.common.FolderCheck.Finding;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The form of a backup, checked as it is typed. FX thread. */
public final class BackupViewModel {

    /**
     * A database to choose.
     *
     * @param server name of its server
     * @param name its name
     */
    public record Database(String server, String name) {}

    private static final int MOST_DEVICES = 64;
    private static final int MOST_BUFFERS = 65_536;

    private final Texts texts;
    private final Background background;
    private final ObjectProperty<@Nullable Database> database = new SimpleObjectProperty<>();
    private final ObjectProperty<BackupType> type = new SimpleObjectProperty<>(BackupType.FULL);
    private final Field devices = new Field("4");
    private final Field destination = new Field("");
    private final Field limitRate = new Field("");
    private final Field bufferCount = new Field("");
    private final BooleanProperty copyOnly = new SimpleBooleanProperty();
    private final BooleanProperty checksum = new SimpleBooleanProperty(true);
    private final ObjectProperty<Integer> blockSize =
            new SimpleObjectProperty<>(TransferOptions.DEFAULT.blockSize());
    private final ObjectProperty<Integer> maxTransferSize =
            new SimpleObjectProperty<>(TransferOptions.DEFAULT.maxTransferSize());
    private final ReadOnlyStringWrapper destinationHint = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper statement = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper files = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private @Nullable Finding found;
    private @Nullable BackupRequest filled;

    /**
     * A form for four devices.
     *
     * @param destination the folder to begin with
     */
    public BackupViewModel(Path destination, Background background, Texts texts) {
        this.texts = texts;
        this.background = background;
        this.destination.text().subscribe(this::checkDestination);
        List<Observable> others =
                List.of(
                        database,
                        type,
                        devices.text(),
                        limitRate.text(),
                        bufferCount.text(),
                        copyOnly,
                        checksum,
                        blockSize,
                        maxTransferSize);
        others.forEach(input -> input.addListener(changed -> check()));
        this.destination.text().set(destination.toString());
    }

    /** Fills the form with a request, such as that of a profile. */
    public void fill(BackupRequest request) {
        filled = request;
        database.set(new Database(request.server(), request.database()));
        type.set(request.type());
        devices.text().set(Integer.toString(request.devices()));
        destination.text().set(request.destination().toString());
        long limit = request.limitRate();
        limitRate.text().set(limit == 0 ? "" : Numbers.toMebibytes(limit));
        copyOnly.set(request.options().copyOnly());
        checksum.set(request.options().checksum());
        fill(request.options().transfer());
    }

    private void fill(TransferOptions transfer) {
        int count = transfer.bufferCount();
        bufferCount.text().set(count == 0 ? "" : Integer.toString(count));
        blockSize.set(transfer.blockSize());
        maxTransferSize.set(transfer.maxTransferSize());
    }

    /** The request; empty as long as something is wrong with the form. */
    public Optional<BackupRequest> request() {
        Database chosen = database.get();
        return chosen == null || !good.get() ? Optional.empty() : Optional.of(request(chosen));
    }

    private BackupRequest request(Database chosen) {
        BackupRequest shown =
                new BackupRequest(
                        chosen.server(),
                        chosen.name(),
                        type.get(),
                        copyOnly.get() && type.get() != BackupType.DIFFERENTIAL,
                        checksum.get(),
                        Path.of(destination.text().get().strip()),
                        Numbers.whole(devices.text().get(), 1, MOST_DEVICES).orElseThrow(),
                        transfer(),
                        Numbers.mebibytes(limitRate.text().get()).orElse(0));
        BackupRequest base = filled;
        return base != null
                        && base.server().equals(chosen.server())
                        && base.database().equals(chosen.name())
                        && base.type() == shown.type()
                ? withTheRestOf(base, shown)
                : shown;
    }

    /** What a profile says and the form does not show stays as it is. */
    private static BackupRequest withTheRestOf(BackupRequest base, BackupRequest shown) {
        BackupStatement.Options rest = base.options();
        return new BackupRequest(
                shown.server(),
                base.databases(),
                shown.type(),
                base.scope(),
                new BackupStatement.Options(
                        shown.options().copyOnly(),
                        shown.options().checksum(),
                        true,
                        rest.compression(),
                        shown.options().transfer(),
                        rest.stats(),
                        rest.name(),
                        rest.description(),
                        rest.tail()),
                shown.destination(),
                shown.devices(),
                shown.limitRate());
    }

    private TransferOptions transfer() {
        return new TransferOptions(
                blockSize.get(),
                Numbers.whole(bufferCount.text().get(), 1, MOST_BUFFERS).orElse(0),
                maxTransferSize.get());
    }

    // The disk answers later; until then the form is not good, and only the last answer counts.
    private void checkDestination(String text) {
        found = null;
        check();
        background.run(
                () -> FolderCheck.look(text),
                finding -> destinationChecked(text, finding),
                failure -> destination.setError(Notices.message(failure)));
    }

    private void destinationChecked(String text, Finding finding) {
        if (text.equals(destination.text().get())) {
            found = finding;
            boolean usable = finding == Finding.GOOD || finding == Finding.WILL_BE_MADE;
            String says = texts.of("folder", finding);
            destination.setError(usable ? "" : says);
            destinationHint.set(usable ? says : "");
            check();
        }
    }

    private void check() {
        devices.require(
                Numbers.whole(devices.text().get(), 1, MOST_DEVICES).isPresent(),
                texts.get("backup.devices.wrong"));
        bufferCount.require(
                bufferCount.isBlank()
                        || Numbers.whole(bufferCount.text().get(), 1, MOST_BUFFERS).isPresent(),
                texts.get("backup.bufferCount.wrong"));
        limitRate.require(
                limitRate.isBlank() || Numbers.mebibytes(limitRate.text().get()).isPresent(),
                texts.get("backup.limitRate.wrong"));
        good.set(database.get() != null && found != null && allFieldsGood());
        preview();
    }

    private boolean allFieldsGood() {
        return Stream.of(devices, destination, limitRate, bufferCount).allMatch(Field::isGood);
    }

    private void preview() {
        Optional<BackupPreview> preview = request().map(BackupPreview::of);
        statement.set(preview.map(BackupPreview::statement).orElse(""));
        files.set(preview.map(what -> files(what)).orElse(texts.get("backup.preview.none")));
    }

    private String files(BackupPreview preview) {
        return texts.get(
                "backup.preview.files", preview.stripes(), preview.folder(), preview.last());
    }

    /** The database; null as long as none is chosen. */
    public ObjectProperty<@Nullable Database> database() {
        return database;
    }

    /** Full or differential. */
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

    /** MiB per second; blank for no limit. */
    public Field limitRate() {
        return limitRate;
    }

    /** BUFFERCOUNT; blank leaves it to the server. */
    public Field bufferCount() {
        return bufferCount;
    }

    /** COPY_ONLY. */
    public BooleanProperty copyOnly() {
        return copyOnly;
    }

    /** CHECKSUM. */
    public BooleanProperty checksum() {
        return checksum;
    }

    /** BLOCKSIZE in bytes; 0 leaves it to the server. */
    public ObjectProperty<Integer> blockSize() {
        return blockSize;
    }

    /** MAXTRANSFERSIZE in bytes; 0 leaves it to the server. */
    public ObjectProperty<Integer> maxTransferSize() {
        return maxTransferSize;
    }

    /** What to know of a destination that can be used. */
    public ReadOnlyStringProperty destinationHint() {
        return destinationHint.getReadOnlyProperty();
    }

    /** The statement that will run; empty as long as something is wrong. */
    public ReadOnlyStringProperty statement() {
        return statement.getReadOnlyProperty();
    }

    /** The files that will be made, in words. */
    public ReadOnlyStringProperty files() {
        return files.getReadOnlyProperty();
    }

    /** Whether nothing is wrong. */
    public ReadOnlyBooleanProperty good() {
        return good.getReadOnlyProperty();
    }
}
