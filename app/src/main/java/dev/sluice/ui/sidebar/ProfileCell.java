package dev.sluice.ui.sidebar;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** A profile: its name, what it does, and buttons to run and to delete it. */
final class ProfileCell extends ListCell<Profile> {

    private final Texts texts;
    private final Label name = new Label("", Icons.icon("fth-bookmark"));
    private final Label what = new Label();
    private final Button run = new Button("", Icons.icon("fth-play"));
    private final Button delete = new Button("", Icons.icon("fth-trash-2"));
    private final HBox line;

    ProfileCell(Texts texts, Consumer<Profile> onRun, Consumer<Profile> onDelete) {
        this.texts = texts;
        getStyleClass().add("sidebar-cell");
        name.getStyleClass().add("sidebar-name");
        what.getStyleClass().add("quiet");
        VBox text = new VBox(name, what);
        HBox.setHgrow(text, Priority.ALWAYS);
        line = new HBox(text, run, delete);
        line.setAlignment(Pos.CENTER_LEFT);
        run.setId("run-profile");
        delete.setId("delete-profile");
        run.setOnAction(event -> act(onRun));
        delete.setOnAction(event -> act(onDelete));
        for (Button button : new Button[] {run, delete}) {
            button.getStyleClass().addAll("flat", "button-icon", "small");
            button.setMinWidth(USE_PREF_SIZE);
        }
        setPrefWidth(0);
    }

    private void act(Consumer<Profile> action) {
        Profile profile = getItem();
        if (profile != null) {
            action.accept(profile);
        }
    }

    @Override
    protected void updateItem(@Nullable Profile profile, boolean empty) {
        super.updateItem(profile, empty);
        setGraphic(empty ? null : line);
        setTooltip(null);
        if (!empty && profile != null) {
            name.setText(profile.name());
            what.setText(describe(profile));
            setTooltip(new Tooltip(what.getText()));
            tell(run, texts.get("profiles.run", profile.name()));
            tell(delete, texts.get("profiles.delete", profile.name()));
        }
    }

    private static void tell(Button button, String text) {
        button.setAccessibleText(text);
        button.setTooltip(new Tooltip(text));
    }

    private String describe(Profile profile) {
        return switch (profile.request()) {
            case BackupRequest backup ->
                    texts.get(
                            "profiles.backup",
                            backup.databasesInWords(),
                            backup.type().word(),
                            backup.devices());
            case RestoreRequest restore ->
                    texts.get("profiles.restore", String.valueOf(restore.lastSet().getFileName()));
        };
    }
}
