package dev.sluice.ui.doctor;

import dev.sluice.doctor.Check;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Sampler;
import dev.sluice.ui.common.Texts;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** What the doctor found. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class DoctorController {

    private final DoctorViewModel model;
    private final Texts texts;
    private final Sampler sampler;
    @FXML private Label summary;
    @FXML private Node progress;
    @FXML private VBox checks;
    @FXML private Button again;
    @FXML private Button copy;

    /** A controller over an examination. */
    public DoctorController(DoctorViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        this.sampler = new Sampler(model::sample);
    }

    @FXML
    void initialize() {
        summary.textProperty().bind(model.summary());
        Nodes.showWhen(progress, model.examining());
        again.disableProperty().bind(model.examining());
        copy.disableProperty().bind(model.examining());
        ListChangeListener<Check> changed = change -> show();
        model.checks().addListener(changed);
        show();
        model.examining().subscribe(this::follow);
        model.examineOnce();
    }

    private void follow(boolean examining) {
        if (examining) {
            sampler.start();
        } else {
            sampler.stop();
        }
    }

    private void show() {
        int shown = checks.getChildren().size();
        if (shown > model.checks().size()) {
            checks.getChildren().clear();
            shown = 0;
        }
        for (Check check : model.checks().subList(shown, model.checks().size())) {
            checks.getChildren().add(new CheckCard(check, texts));
        }
    }

    @FXML
    void examine() {
        model.examine();
    }

    @FXML
    void copyReport() {
        Nodes.copy(model.report());
    }
}
