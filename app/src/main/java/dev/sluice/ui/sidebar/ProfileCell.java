package dev.sluice.ui.sidebar;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Profile;
import dev.sluice.job.RestoreRequest;
import dev.sluice.job.RunRecord;
import dev.sluice.ui.common.Ages;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.TypeText;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A profile: its name, what it does, how it went last, and buttons. It can be dragged. */
final class ProfileCell extends ListCell<ProfileRow> {

    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    /** What is done with a cell. */
    interface Actions {
        /** Runs the profile. */
        void run(Profile profile);

        /** Shows the menu of the cell. */
        void showMenu(ProfileCell cell);

        /** Takes hold of the profile at a place, which may be the beginning of a drag. */
        void grab(int place);

        /** Whether the profile held would go elsewhere if it were dropped at a place. */
        boolean wouldMoveTo(int place);

        /** Moves the profile held to a place. */
        void drop(int place);
    }

    private final Texts texts;
    private final ObservableValue<Instant> now;
    private final Label name = new Label("", Icons.icon("fth-bookmark"));
    private final Label what = new Label();
    private final Label last = new Label();
    private final Button run = new Button("", Icons.icon("fth-play"));
    private final Button more = new Button("", Icons.icon("fth-more-vertical"));
    private final VBox content;

    ProfileCell(Texts texts, ObservableValue<Instant> now, Actions actions) {
        this.texts = texts;
        this.now = now;
        getStyleClass().add("sidebar-cell");
        name.getStyleClass().add("sidebar-name");
        what.getStyleClass().add("quiet");
        last.getStyleClass().addAll("quiet", "profile-last");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox line = new HBox(name, run, more);
        line.setAlignment(Pos.CENTER_LEFT);
        content = new VBox(line, what, last);
        run.setId("run-profile");
        more.setId("more-of-profile");
        run.setOnAction(
                event -> {
                    if (getItem() != null) {
                        actions.run(getItem().profile());
                    }
                });
        more.setOnAction(event -> actions.showMenu(this));
        for (Button button : new Button[] {run, more}) {
            button.getStyleClass().addAll("flat", "button-icon", "small");
            button.setMinWidth(USE_PREF_SIZE);
            button.setFocusTraversable(false);
        }
        setPrefWidth(0);
        letDrag(actions);
    }

    private void letDrag(Actions actions) {
        setOnMousePressed(event -> actions.grab(getIndex()));
        setOnDragDetected(event -> startFullDrag());
        setOnMouseDragEntered(
                event -> pseudoClassStateChanged(DROP, actions.wouldMoveTo(getIndex())));
        setOnMouseDragExited(event -> pseudoClassStateChanged(DROP, false));
        setOnMouseDragReleased(event -> actions.drop(getIndex()));
    }

    @Override
    protected void updateItem(@Nullable ProfileRow row, boolean empty) {
        super.updateItem(row, empty);
        setGraphic(empty ? null : content);
        setTooltip(null);
        setAccessibleText(null);
        Nodes.mark(this, "run-is-", null);
        if (!empty && row != null) {
            show(row);
        }
    }

    private void show(ProfileRow row) {
        name.setText(row.name());
        what.setText(describe(row.profile()));
        showLast(row.last());
        setTooltip(new Tooltip(what.getText()));
        setAccessibleText(texts.get("profiles.words", row.name(), what.getText(), last.getText()));
        tell(run, texts.get("profiles.run", row.name()));
        tell(more, texts.get("profiles.more", row.name()));
    }

    private void showLast(@Nullable RunRecord run) {
        Nodes.mark(this, "run-is-", run == null ? null : run.outcome());
        last.setGraphic(run == null ? null : Icons.of(run.outcome()));
        last.setText(
                run == null
                        ? texts.get("profiles.last.none")
                        : texts.get(
                                "profiles.last",
                                texts.of("home.outcome", run.outcome()),
                                Ages.of(
                                        run.started().plus(run.duration()),
                                        now.getValue(),
                                        texts)));
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
                            TypeText.of(backup.type(), backup.scope().word(), texts));
            case RestoreRequest restore ->
                    texts.get("profiles.restore", String.valueOf(restore.lastSet().getFileName()));
        };
    }

    /** The button that shows the menu. */
    Button menuButton() {
        return more;
    }
}
