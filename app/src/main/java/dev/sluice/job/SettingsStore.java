package dev.sluice.job;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Locale;

/**
 * Keeps the settings: one JSON file, readable by its owner only, replaced as a whole. Fields of it
 * that this version does not know stay in it. Safe from any thread.
 */
public final class SettingsStore {

    private static final String NAME = "settings";

    private final NamedFiles<Settings> files;

    private SettingsStore(Folders folders) {
        this.files =
                new NamedFiles<>(
                        folders.config(),
                        new NamedFiles.Format<>(
                                NAME,
                                1,
                                settings -> NAME,
                                SettingsStore::read,
                                SettingsStore::write));
    }

    /** The settings kept in these folders. */
    public static SettingsStore of(Folders folders) {
        return new SettingsStore(folders);
    }

    /**
     * The settings as they were saved; the defaults when none were.
     *
     * @throws SavedFileException when the file is damaged or of a newer version
     */
    public Settings load() throws IOException {
        try {
            return files.load(NAME);
        } catch (UnknownNameException e) {
            return Settings.DEFAULT;
        }
    }

    /**
     * Keeps the settings.
     *
     * @throws SavedFileException when the existing file cannot be understood, which is left as it
     *     is
     */
    public void save(Settings settings) throws IOException {
        files.save(settings, true);
    }

    private static Settings read(JsonFields fields) {
        Settings usual = Settings.DEFAULT;
        return new Settings(
                Settings.Theme.valueOf(
                        fields.textOr("theme", usual.theme().name()).toUpperCase(Locale.ROOT)),
                fields.textOr("language", usual.language()),
                fields.pathOrNull("backupFolder"),
                number(fields, "devices", usual.devices()),
                number(fields, "overdueHours", usual.overdueHours()),
                number(fields, "historyDays", usual.historyDays()),
                number(fields, "textPercent", usual.textPercent()),
                fields.flagOr("silentSuccess", usual.silentSuccess()));
    }

    private static int number(JsonFields fields, String name, int usual) {
        return fields.has(name) ? fields.smallNumber(name) : usual;
    }

    private static void write(Settings settings, ObjectNode tree) {
        tree.put("theme", settings.theme().name().toLowerCase(Locale.ROOT))
                .put("language", settings.language())
                .put(
                        "backupFolder",
                        settings.backupFolder() == null ? null : settings.backupFolder().toString())
                .put("devices", settings.devices())
                .put("overdueHours", settings.overdueHours())
                .put("historyDays", settings.historyDays())
                .put("textPercent", settings.textPercent())
                .put("silentSuccess", settings.silentSuccess());
    }
}
