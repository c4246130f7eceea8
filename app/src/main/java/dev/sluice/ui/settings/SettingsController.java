package dev.sluice.ui.settings;

import dev.sluice.job.Settings;
import dev.sluice.job.ToolVersion;
import dev.sluice.ui.common.Background;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Shown;
import dev.sluice.ui.common.Texts;

import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** The settings, and what Sluice is. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class SettingsController {

    private static final List<Integer> SIZES = List.of(75, 90, 100, 110, 125, 150, 200);

    private final SettingsViewModel model;
    private final Callable<String> library;
    private final Background background;
    private final Prompts prompts;
    private final Texts texts;
    @FXML private ComboBox<Settings.Theme> theme;
    @FXML private ComboBox<String> language;
    @FXML private ComboBox<Integer> textPercent;
    @FXML private GridPane newBackups;
    @FXML private TextField backupFolder;
    @FXML private Label backupFolderError;
    @FXML private TextField devices;
    @FXML private Label devicesError;
    @FXML private TextField overdueHours;
    @FXML private Label overdueHoursError;
    @FXML private TextField historyDays;
    @FXML private Label historyDaysError;
    @FXML private CheckBox silentSuccess;
    @FXML private Label versions;
    @FXML private Label nativeLibrary;

    /**
     * A controller over the settings.
     *
     * @param library finds out which library of SQL Server is in use; may wait
     */
    public SettingsController(
            SettingsViewModel model,
            Callable<String> library,
            Background background,
            Prompts prompts,
            Texts texts) {
        this.model = model;
        this.library = library;
        this.background = background;
        this.prompts = prompts;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        Nodes.nameInputs(newBackups);
        theme.getItems().setAll(Settings.Theme.values());
        theme.setConverter(new Shown<>(value -> texts.of("settings.theme", value)));
        theme.valueProperty().bindBidirectional(model.theme());
        language.getItems().setAll(languages());
        language.setConverter(new Shown<>(this::languageName));
        language.valueProperty().bindBidirectional(model.language());
        textPercent.getItems().setAll(SIZES);
        textPercent.setConverter(new Shown<>(value -> texts.get("settings.percent", value)));
        textPercent.valueProperty().bindBidirectional(model.textPercent());
        FieldErrors.bind(model.backupFolder(), backupFolder, backupFolderError);
        FieldErrors.bind(model.devices(), devices, devicesError);
        FieldErrors.bind(model.overdueHours(), overdueHours, overdueHoursError);
        FieldErrors.bind(model.historyDays(), historyDays, historyDaysError);
        silentSuccess.selectedProperty().bindBidirectional(model.silentSuccess());
        about();
    }

    private static List<String> languages() {
        List<String> tags = new ArrayList<>(Texts.languages());
        tags.addFirst("");
        return tags;
    }

    private String languageName(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        return tag.isEmpty()
                ? texts.get("settings.language.system")
                : locale.getDisplayName(locale);
    }

    private void about() {
        versions.setText(
                texts.get(
                        "about.versions",
                        texts.tell(ToolVersion.told()),
                        Runtime.version().toString(),
                        System.getProperty("javafx.runtime.version", texts.get("job.unknown"))));
        background.run(
                library,
                nativeLibrary::setText,
                failure -> nativeLibrary.setText(texts.tell(failure)));
    }

    @FXML
    void chooseFolder() {
        prompts.folder(model.backupFolder().text().get())
                .map(Path::toString)
                .ifPresent(model.backupFolder().text()::set);
    }

    @FXML
    void copyAbout() {
        Nodes.copy(versions.getText() + "\n" + nativeLibrary.getText() + "\n");
    }
}
