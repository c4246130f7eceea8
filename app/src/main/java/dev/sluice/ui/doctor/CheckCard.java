package dev.sluice.ui.doctor;

import dev.sluice.doctor.Check;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One check: its state, what was found, and what helps, ready to copy. FX thread. */
final class CheckCard extends VBox {

    CheckCard(Check check, Texts texts) {
        getStyleClass().addAll("card", "check");
        Nodes.mark(this, "check-is-", check.state());
        setId("check-" + check.id());
        getChildren().addAll(head(check, texts), wrapped(texts.tell(check.finding())));
        if (!check.remedies().isEmpty()) {
            Label toDo = new Label(texts.get("doctor.toDo"));
            toDo.getStyleClass().add("quiet");
            getChildren().add(toDo);
            check.remedies().forEach(fix -> getChildren().add(fix(texts.tell(fix), texts)));
        }
    }

    private static HBox head(Check check, Texts texts) {
        Label title = new Label(texts.tell(check.subject()), Icons.icon(icon(check.state())));
        title.getStyleClass().addAll("card-title", "check-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Label state = new Label(texts.of("doctor.state", check.state()));
        state.getStyleClass().add("check-state");
        state.setMinWidth(USE_PREF_SIZE);
        Tooltip.install(state, new Tooltip(texts.of("doctor.meaning", check.state())));
        state.setAccessibleHelp(texts.of("doctor.meaning", check.state()));
        HBox head = new HBox(title, state);
        head.getStyleClass().add("card-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private static String icon(Check.State state) {
        return switch (state) {
            case OK -> "fth-check-circle";
            case WARNING -> "fth-alert-triangle";
            case FAILED -> "fth-alert-octagon";
            case NOT_APPLICABLE -> "fth-minus-circle";
        };
    }

    private static HBox fix(String fix, Texts texts) {
        Label text = wrapped(fix);
        text.getStyleClass().add("code");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button copy = Nodes.button("fth-copy", texts.get("doctor.copyFix"), () -> Nodes.copy(fix));
        copy.getStyleClass().addAll("flat", "small");
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setAccessibleText(texts.get("doctor.copyThis", fix));
        HBox line = new HBox(text, copy);
        line.getStyleClass().addAll("line", "fix");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
