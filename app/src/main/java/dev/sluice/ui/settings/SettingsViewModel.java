package dev.sluice.ui.settings;

import dev.sluice.job.Settings;
import dev.sluice.job.SettingsStore;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.Field;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Numbers;
import dev.sluice.ui.common.Texts;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The settings as a form that needs no button: what is right counts and is kept. FX thread. */
public final class SettingsViewModel {

    private static final int MOST_DEVICES = 64;

    private final SettingsStore store;
    private final Background background;
    private final Notices notices;
    private final Texts texts;
    private final ObjectProperty<Settings.Theme> theme;
    private final ObjectProperty<String> language;
    private final ObjectProperty<Integer> textPercent;
    private final BooleanProperty silentSuccess;
    private final Field backupFolder;
    private final Field devices;
    private final Field overdueHours;
    private final Field historyDays;
    private final ReadOnlyObjectWrapper<Settings> current;
    private Settings saved;
    private boolean saving;

    /**
     * A form over settings that were loaded before.
     *
     * @param store where changes are kept
     */
    public SettingsViewModel(
            Settings first,
            SettingsStore store,
            Background background,
            Notices notices,
            Texts texts) {
        this.store = store;
        this.background = background;
        this.notices = notices;
        this.texts = texts;
        this.saved = first;
        current = new ReadOnlyObjectWrapper<>(first);
        theme = new SimpleObjectProperty<>(first.theme());
        language = new SimpleObjectProperty<>(first.language());
        textPercent = new SimpleObjectProperty<>(first.textPercent());
        silentSuccess = new SimpleBooleanProperty(first.silentSuccess());
        Path folder = first.backupFolder();
        backupFolder = new Field(folder == null ? "" : folder.toString());
        devices = new Field(Integer.toString(first.devices()));
        overdueHours = new Field(Integer.toString(first.overdueHours()));
        int days = first.historyDays();
        historyDays = new Field(days == 0 ? "" : Integer.toString(days));
        theme.subscribe(this::changed);
        language.subscribe(this::changed);
        textPercent.subscribe(this::changed);
        silentSuccess.subscribe(this::changed);
        backupFolder.text().subscribe(this::changed);
        devices.text().subscribe(this::changed);
        overdueHours.text().subscribe(this::changed);
        historyDays.text().subscribe(this::changed);
    }

    private void changed() {
        Settings before = current.get();
        OptionalInt count = Numbers.whole(devices.text().get(), 1, MOST_DEVICES);
        devices.require(count.isPresent(), texts.get("backup.devices.wrong"));
        OptionalInt hours = Numbers.whole(overdueHours.text().get(), 1, Settings.MOST_HOURS);
        overdueHours.require(
                hours.isPresent(), texts.get("settings.overdueHours.wrong", Settings.MOST_HOURS));
        OptionalInt days =
                historyDays.isBlank()
                        ? OptionalInt.of(0)
                        : Numbers.whole(historyDays.text().get(), 1, Settings.MOST_DAYS);
        historyDays.require(
                days.isPresent(), texts.get("settings.historyDays.wrong", Settings.MOST_DAYS));
        Path folder = folder();
        boolean folderFits = backupFolder.isBlank() || folder != null;
        backupFolder.require(folderFits, texts.get("folder.RELATIVE"));
        current.set(
                new Settings(
                        theme.get(),
                        language.get(),
                        folderFits ? folder : before.backupFolder(),
                        count.orElse(before.devices()),
                        hours.orElse(before.overdueHours()),
                        days.orElse(before.historyDays()),
                        textPercent.get(),
                        silentSuccess.get()));
        save();
    }

    private @Nullable Path folder() {
        try {
            Path path = Path.of(backupFolder.text().get().strip());
            return path.isAbsolute() ? path.normalize() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    // one at a time, so that the last one counts
    private void save() {
        Settings now = current.get();
        if (saving || now.equals(saved)) {
            return;
        }
        saving = true;
        background.run(
                () -> {
                    store.save(now);
                    return now;
                },
                this::kept,
                failure -> {
                    kept(now);
                    notices.error(failure);
                });
    }

    private void kept(Settings done) {
        saving = false;
        saved = done;
        save();
    }

    /** The settings that count now. */
    public ReadOnlyObjectProperty<Settings> current() {
        return current.getReadOnlyProperty();
    }

    /** How the window looks. */
    public ObjectProperty<Settings.Theme> theme() {
        return theme;
    }

    /** The language's tag; empty for the system's. It counts from the next start. */
    public ObjectProperty<String> language() {
        return language;
    }

    /** The size of texts in per cent. */
    public ObjectProperty<Integer> textPercent() {
        return textPercent;
    }

    /** Whether a run that succeeds is not announced. */
    public BooleanProperty silentSuccess() {
        return silentSuccess;
    }

    /** The folder to propose; blank for that of the last backup. */
    public Field backupFolder() {
        return backupFolder;
    }

    /** The number of devices to propose. */
    public Field devices() {
        return devices;
    }

    /** The hours without a backup from which on a database is overdue. */
    public Field overdueHours() {
        return overdueHours;
    }

    /** The days that a run stays in the history; blank for ever. */
    public Field historyDays() {
        return historyDays;
    }
}
