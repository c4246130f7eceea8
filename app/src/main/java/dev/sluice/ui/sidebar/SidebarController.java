package dev.sluice.ui.sidebar;

import dev.sluice.job.Profile;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.common.Texts;

import javafx.fxml.FXML;
import javafx.geometry.Side;
import javafx.scene.control.ListView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The profiles. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class SidebarController implements ProfileMenu.Actions, ProfileCell.Actions {

    private static final Pattern ODD_IN_FILE_NAMES = Pattern.compile("[^\\p{L}\\p{N}._-]+");

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
    private final Notices notices;
    private final Texts texts;
    @FXML private ListView<ProfileRow> profiles;
    private ProfileMenu menu;
    private int grabbed;

    /** A controller over the list. */
    public SidebarController(
            SidebarViewModel model,
            Choices choices,
            Prompts prompts,
            Notices notices,
            Texts texts) {
        this.model = model;
        this.choices = choices;
        this.prompts = prompts;
        this.notices = notices;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        menu = new ProfileMenu(texts, this, this::withSelected);
        profiles.setItems(model.rows());
        profiles.setCellFactory(list -> new ProfileCell(texts, model.now(), this));
        model.now().subscribe(profiles::refresh);
    }

    private void withSelected(Consumer<Profile> action) {
        ProfileRow row = profiles.getSelectionModel().getSelectedItem();
        if (row != null) {
            action.accept(row.profile());
        }
    }

    @FXML
    void profileClicked(MouseEvent event) {
        // at the end of a drag nobody wants to open what was dragged
        if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
            withSelected(this::edit);
        }
    }

    @FXML
    void profileKey(KeyEvent event) {
        menu.press(event);
    }

    @FXML
    void menuRequested(ContextMenuEvent event) {
        withSelected(profile -> menu.show(profiles, event.getScreenX(), event.getScreenY()));
    }

    @FXML
    void importProfile() {
        prompts.openFile(texts.get("profiles.import"))
                .ifPresent(file -> model.importFrom(file, prompts::replaceProfile));
    }

    @Override
    public void showMenu(ProfileCell cell) {
        profiles.getSelectionModel().select(cell.getIndex());
        menu.show(cell.menuButton(), Side.BOTTOM, 0, 0);
    }

    @Override
    public void run(Profile profile) {
        choices.run(profile);
    }

    @Override
    public void edit(Profile profile) {
        choices.chosen(profile);
    }

    @Override
    public void duplicate(Profile profile) {
        prompts.profileName(model.nameOfCopy(profile))
                .ifPresent(name -> model.duplicate(profile, name));
    }

    @Override
    public void move(Profile profile, int by) {
        int place = profiles.getSelectionModel().getSelectedIndex();
        move(place, place + by);
    }

    private void move(int from, int to) {
        ProfileRow moved = model.rows().get(from);
        model.move(from, to);
        profiles.getSelectionModel().select(moved);
        profiles.scrollTo(moved);
    }

    @Override
    public void grab(int place) {
        grabbed = place;
    }

    @Override
    public boolean wouldMoveTo(int place) {
        return grabbed < model.rows().size() && place != grabbed;
    }

    @Override
    public void drop(int place) {
        if (wouldMoveTo(place)) {
            move(grabbed, place);
        }
    }

    @Override
    public void copy(Optional<String> command) {
        command.ifPresentOrElse(
                text -> {
                    Nodes.copy(text);
                    notices.info(texts.get("profiles.copied", text));
                },
                () -> notices.error(texts.get("profiles.copy.none")));
    }

    @Override
    public void export(Profile profile) {
        String file = ODD_IN_FILE_NAMES.matcher(profile.name()).replaceAll("-") + ".sluice";
        prompts.saveFile(texts.get("profiles.export.title", profile.name()), file)
                .ifPresent(chosen -> model.exportTo(profile, chosen));
    }

    @Override
    public void delete(Profile profile) {
        if (prompts.deleteProfile(profile.name())) {
            model.delete(profile);
        }
    }
}
