package dev.sluice.ui.restore;

import dev.sluice.job.RestoreRequest;
import dev.sluice.ui.common.FieldErrors;
import dev.sluice.ui.common.Nodes;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.function.Consumer;

/** The form of a restore. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class RestoreController {

    private static final PseudoClass DESTRUCTIVE = PseudoClass.getPseudoClass("destructive");

    private final RestoreViewModel form;
    private final Consumer<RestoreRequest> onRestore;
    private final Runnable onBack;
    @FXML private Label source;
    @FXML private TextField target;
    @FXML private Label targetError;
    @FXML private CheckBox replace;
    @FXML private CheckBox noRecovery;
    @FXML private TextField limitRate;
    @FXML private Label limitRateError;
    @FXML private Label effect;
    @FXML private FontIcon effectIcon;
    @FXML private Button start;

    /** A controller over the form. */
    public RestoreController(
            RestoreViewModel form, Consumer<RestoreRequest> onRestore, Runnable onBack) {
        this.form = form;
        this.onRestore = onRestore;
        this.onBack = onBack;
    }

    @FXML
    void initialize() {
        source.textProperty().bind(form.source());
        FieldErrors.bind(form.target(), target, targetError);
        FieldErrors.bind(form.limitRate(), limitRate, limitRateError);
        replace.selectedProperty().bindBidirectional(form.replace());
        noRecovery.selectedProperty().bindBidirectional(form.noRecovery());
        effect.textProperty().bind(form.effect());
        Nodes.showWhen(effect, form.effect().isNotEmpty());
        form.destructive().subscribe(this::showDestructive);
        start.disableProperty().bind(form.good().not());
    }

    private void showDestructive(boolean destructive) {
        effect.pseudoClassStateChanged(DESTRUCTIVE, destructive);
        effectIcon.setIconLiteral(destructive ? "fth-alert-triangle" : "fth-info");
    }

    @FXML
    void restore() {
        form.request().ifPresent(onRestore);
    }

    @FXML
    void back() {
        onBack.run();
    }
}
