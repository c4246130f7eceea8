package dev.sluice.ui.restore;

import dev.sluice.job.RestoreRequest;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Formats;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.DatabaseRow;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** The form of a restore, checked as it is typed. FX thread. */
public final class RestoreViewModel {

    private static final int LONGEST_NAME = 128;

    private final Texts texts;
    private final ObservableList<DatabaseRow> databases;
    private final Field target = new Field("");
    private final Field limitRate = new Field("");
    private final BooleanProperty replace = new SimpleBooleanProperty();
    private final BooleanProperty noRecovery = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper source = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper effect = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper destructive = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper good = new ReadOnlyBooleanWrapper();
    private @Nullable RestoreSource from;

    /**
     * An empty form.
     *
     * @param databases those that exist
     */
    public RestoreViewModel(ObservableList<DatabaseRow> databases, Texts texts) {
        this.databases = databases;
        this.texts = texts;
        List<Observable> inputs =
                List.of(target.text(), limitRate.text(), replace, noRecovery, databases);
        inputs.forEach(input -> input.addListener(changed -> check()));
    }

    /** Turns to a backup set; the name in it is the first proposal. */
    public void from(RestoreSource set) {
        from = set;
        source.set(
                texts.get(
                        "restore.source",
                        set.database(),
                        set.type().word(),
                        Formats.dateTime(set.taken()),
                        Formats.bytes(set.bytes()),
                        set.devices()));
        replace.set(false);
        noRecovery.set(false);
        target.text().set(set.database());
        check();
    }

    /** Fills the form with what a request asks for, aside from its set. */
    public void fill(RestoreRequest request) {
        if (request.database() != null) {
            target.text().set(request.database());
        }
        replace.set(request.options().replace());
        noRecovery.set(request.noRecovery());
        long limit = request.limitRate();
        limitRate.text().set(limit == 0 ? "" : Numbers.toMebibytes(limit));
    }

    /** The request; empty as long as something is wrong with the form. */
    public Optional<RestoreRequest> request() {
        return from == null || !good.get() ? Optional.empty() : Optional.of(request(from));
    }

    private RestoreRequest request(RestoreSource set) {
        return new RestoreRequest(
                set.server(),
                set.folder(),
                name(),
                RestoreRequest.Options.plain(replace.get(), noRecovery.get()),
                TransferOptions.DEFAULT,
                Numbers.mebibytes(limitRate.text().get()).orElse(0));
    }

    private String name() {
        return target.text().get().strip();
    }

    private void check() {
        limitRate.require(
                limitRate.isBlank() || Numbers.mebibytes(limitRate.text().get()).isPresent(),
                texts.get("backup.limitRate.wrong"));
        target.setError(targetError());
        destructive.set(existing() != null && replace.get() && !continues());
        good.set(from != null && target.isGood() && limitRate.isGood());
        effect.set(good.get() ? describe() : "");
    }

    private String targetError() {
        if (target.isBlank() || name().length() > LONGEST_NAME) {
            return texts.get("restore.target.wrong");
        }
        if (continues()) {
            return "";
        }
        if (from != null && from.type() != BackupType.FULL) {
            return texts.get("restore.target.notWaiting");
        }
        return existing() != null && !replace.get() ? texts.get("restore.target.exists") : "";
    }

    private String describe() {
        return what() + " " + after();
    }

    private String after() {
        return noRecovery.get()
                ? texts.get("restore.then.restoring")
                : texts.get("restore.then.online");
    }

    private String what() {
        if (continues()) {
            return texts.get("restore.effect.continues", name());
        }
        return existing() == null
                ? texts.get("restore.effect.creates", name())
                : texts.get("restore.effect.replaces", name());
    }

    // a differential or log goes onto a database that a restore left waiting
    private boolean continues() {
        DatabaseRow row = existing();
        return from != null
                && from.type() != BackupType.FULL
                && row != null
                && row.info().state().awaitsRestore();
    }

    private @Nullable DatabaseRow existing() {
        return databases.stream()
                .filter(row -> from != null && row.server().equals(from.server()))
                .filter(row -> row.info().name().equalsIgnoreCase(name()))
                .findFirst()
                .orElse(null);
    }

    /** The set, in words. */
    public ReadOnlyStringProperty source() {
        return source.getReadOnlyProperty();
    }

    /** Name of the database to restore to. */
    public Field target() {
        return target;
    }

    /** MiB per second; blank for no limit. */
    public Field limitRate() {
        return limitRate;
    }

    /** REPLACE. */
    public BooleanProperty replace() {
        return replace;
    }

    /** NORECOVERY. */
    public BooleanProperty noRecovery() {
        return noRecovery;
    }

    /** What the restore will do, in words; empty as long as something is wrong. */
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
