package dev.sluice.ui.backup;

import dev.sluice.ui.backup.StatementsModel.Statement;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * What would happen to a database: the T-SQL and what should be known of it, or why nothing would.
 */
final class StatementView extends VBox {

    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    /**
     * A view.
     *
     * @param named whether to say which database it is
     */
    StatementView(Statement statement, boolean named) {
        getStyleClass().addAll("field", "statement");
        pseudoClassStateChanged(REFUSED, statement.refused());
        Label database =
                new Label(
                        statement.database(),
                        Icons.icon(statement.refused() ? "fth-alert-octagon" : "fth-database"));
        database.getStyleClass().add("statement-database");
        Nodes.show(database, named || statement.refused());
        Label text = new Label(statement.text());
        text.getStyleClass().addAll("statement-text", statement.refused() ? "problem" : "code");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        Label notes = new Label(statement.notes());
        notes.setWrapText(true);
        notes.setMinHeight(USE_PREF_SIZE);
        Nodes.show(notes, !statement.notes().isEmpty());
        getChildren().setAll(database, text, notes);
    }
}
