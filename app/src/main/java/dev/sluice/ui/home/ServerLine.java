package dev.sluice.ui.home;

import dev.sluice.job.BackupRecord;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.HomeItem.ServerHead;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** A server: its name, whether it answered, and why not. */
final class ServerLine extends VBox {

    private final Texts texts;
    private final Predicate<String> isAdded;
    private final Label name = new Label("", Icons.icon("fth-server"));
    private final Label state = new Label();
    private final Label problem = new Label();
    private final Label note = new Label();
    private final Button signIn = new Button();
    private final Button edit = new Button("", Icons.icon("fth-edit-2"));
    private @Nullable ServerHead shown;

    ServerLine(
            Texts texts,
            Predicate<String> isAdded,
            Consumer<ServerHead> onSignIn,
            Consumer<String> onEdit) {
        this.texts = texts;
        this.isAdded = isAdded;
        edit.setId("edit-server");
        edit.getStyleClass().addAll("flat", "button-icon", "small");
        edit.setMinWidth(USE_PREF_SIZE);
        edit.setOnAction(event -> act(head -> onEdit.accept(head.server())));
        getStyleClass().add("home-server");
        name.getStyleClass().add("home-server-name");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        state.setMinWidth(USE_PREF_SIZE);
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        note.setId("record-note");
        note.getStyleClass().add("quiet");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        signIn.setId("sign-in");
        signIn.setText(texts.get("home.signIn"));
        signIn.setGraphic(Icons.icon("fth-key"));
        signIn.getStyleClass().add("small");
        signIn.setMinWidth(USE_PREF_SIZE);
        signIn.setOnAction(event -> act(onSignIn));
        HBox line = new HBox(name, state, signIn, edit);
        line.getStyleClass().add("line");
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(line, problem, note);
    }

    private void act(Consumer<ServerHead> action) {
        if (shown != null) {
            action.accept(shown);
        }
    }

    void show(ServerHead head) {
        shown = head;
        ServerAnswer answer = head.answer();
        name.setText(head.server());
        Nodes.mark(this, "server-is-", answer.state());
        state.setText(texts.of("home.server", answer.state(), answer.databases().size()));
        state.setGraphic(Icons.icon(icon(answer.state())));
        problem.setText(answer.problem());
        Nodes.show(problem, !answer.problem().isEmpty());
        note.setText(note(answer.record()));
        Nodes.show(note, !note.getText().isEmpty());
        Nodes.show(signIn, answer.secret() != null);
        Nodes.show(edit, isAdded.test(head.server()));
        edit.setAccessibleText(texts.get("home.editServer", head.server()));
        edit.setTooltip(new Tooltip(edit.getAccessibleText()));
        signIn.setAccessibleText(texts.get("home.signIn.to", head.server()));
    }

    private String note(BackupRecord record) {
        return switch (record.gap()) {
            case NONE -> "";
            case NOT_PERMITTED -> texts.get("home.record.notPermitted");
            case NOT_READ -> texts.get("home.record.notRead", texts.tell(record.problem()));
        };
    }

    /** The line in words, for those who do not see it. */
    String words() {
        return String.join(
                ", ", name.getText(), state.getText(), problem.getText(), note.getText());
    }

    private static String icon(ServerAnswer.State state) {
        return switch (state) {
            case ASKED -> "fth-clock";
            case ANSWERED -> "fth-check";
            case LOCKED -> "fth-lock";
            case FAILED -> "fth-alert-octagon";
        };
    }
}
