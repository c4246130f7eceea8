package dev.sluice.ui.sidebar;

import dev.sluice.job.Profile;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;

import javafx.fxml.FXML;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

/** The profiles. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class SidebarController {

    /** What the rest of the window does on a choice made here. */
    public interface Choices {
        /** A profile was chosen, to be looked at. */
        void chosen(Profile profile);

        /** A profile is to be run. */
        void run(Profile profile);
    }

    private final SidebarViewModel model;
    private final Choices choices;
    private final Prompts prompts;
    private final Texts texts;
    @FXML private ListView<Profile> profiles;

    /** A controller over the list. */
    public SidebarController(
            SidebarViewModel model, Choices choices, Prompts prompts, Texts texts) {
        this.model = model;
        this.choices = choices;
        this.prompts = prompts;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        profiles.setItems(model.profiles());
        profiles.setCellFactory(list -> new ProfileCell(texts, choices::run, this::delete));
    }

    @FXML
    void profileClicked() {
        openSelectedProfile();
    }

    @FXML
    void profileKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            openSelectedProfile();
        } else if (event.getCode() == KeyCode.DELETE) {
            delete(profiles.getSelectionModel().getSelectedItem());
        }
    }

    private void openSelectedProfile() {
        Profile profile = profiles.getSelectionModel().getSelectedItem();
        if (profile != null) {
            choices.chosen(profile);
        }
    }

    private void delete(@Nullable Profile profile) {
        if (profile != null && prompts.deleteProfile(profile.name())) {
            model.delete(profile);
        }
    }
}
