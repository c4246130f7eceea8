package dev.sluice.ui.restore;

import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.restore.RestoreViewModel.Step;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;

import org.kordamp.ikonli.javafx.FontIcon;

/** Exactly what will run, and what it leaves. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class ReviewController {

    private static final PseudoClass DESTRUCTIVE = PseudoClass.getPseudoClass("destructive");

    private final RestoreViewModel guide;
    private final Texts texts;
    @FXML private LookBar lookBar;
    @FXML private Node problem;
    @FXML private Label problemText;
    @FXML private Label summary;
    @FXML private Label effect;
    @FXML private FontIcon effectIcon;
    @FXML private Label notes;
    @FXML private TextArea statements;
    @FXML private Label deviceNames;
    @FXML private Button copy;

    /** A controller over the end of the guide. */
    public ReviewController(RestoreViewModel guide, Texts texts) {
        this.guide = guide;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        lookBar.follow(guide.look(), texts);
        problemText.textProperty().bind(guide.problem());
        Nodes.showWhen(problem, guide.problem().isNotEmpty());
        summary.textProperty().bind(guide.summary());
        effect.textProperty().bind(guide.target().effect());
        Nodes.showWhen(effect, guide.target().effect().isNotEmpty());
        notes.textProperty().bind(guide.notes());
        Nodes.showWhen(notes, guide.notes().isNotEmpty());
        guide.target().destructive().subscribe(this::showDestructive);
        statements.textProperty().bind(guide.statements());
        Nodes.showWhen(deviceNames, guide.statements().isNotEmpty());
        copy.disableProperty().bind(guide.statements().isEmpty());
        guide.step().subscribe(this::focus);
    }

    // Enter means the button, not a line in the text
    private void focus(Step step) {
        if (step == Step.REVIEW) {
            copy.getParent().requestFocus();
        }
    }

    private void showDestructive(boolean destructive) {
        effect.pseudoClassStateChanged(DESTRUCTIVE, destructive);
        effectIcon.setIconLiteral(destructive ? "fth-alert-triangle" : "fth-info");
    }

    @FXML
    void copy() {
        Nodes.copy(guide.statements().get());
    }

    @FXML
    void lookAgain() {
        guide.lookAgain();
    }
}
