package dev.sluice.ui.restore;

import dev.sluice.job.RestoreRequest;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Prompts;
import dev.sluice.ui.restore.RestoreViewModel.Step;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;

import java.util.EnumMap;
import java.util.Map;

/** The frame of the guided restore: its steps, forth and back. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class RestoreController {

    /** What the rest of the window does with a restore that was reviewed. */
    public interface Actions {
        /** Runs it. */
        void restore(RestoreRequest request);

        /** Asks for a name and saves a profile under it. */
        void saveProfile(RestoreRequest request);
    }

    private final RestoreViewModel guide;
    private final Prompts prompts;
    private final Actions actions;
    private final Map<Step, ToggleButton> buttons = new EnumMap<>(Step.class);
    private final Map<Step, Node> parts = new EnumMap<>(Step.class);
    @FXML private ToggleButton stepSource;
    @FXML private ToggleButton stepTarget;
    @FXML private ToggleButton stepReview;
    @FXML private Node sourcePart;
    @FXML private Node targetPart;
    @FXML private Node reviewPart;
    @FXML private TargetController targetPartController;
    @FXML private Button back;
    @FXML private Button next;
    @FXML private Button save;
    @FXML private Button start;

    /** A controller over the guide. */
    public RestoreController(RestoreViewModel guide, Prompts prompts, Actions actions) {
        this.guide = guide;
        this.prompts = prompts;
        this.actions = actions;
    }

    @FXML
    void initialize() {
        buttons.put(Step.SOURCE, stepSource);
        buttons.put(Step.TARGET, stepTarget);
        buttons.put(Step.REVIEW, stepReview);
        parts.put(Step.SOURCE, sourcePart);
        parts.put(Step.TARGET, targetPart);
        parts.put(Step.REVIEW, reviewPart);
        buttons.forEach((step, button) -> button.setOnAction(event -> goTo(step)));
        guide.step().subscribe(this::show);
        // a part that is not shown yet cannot have the focus
        guide.step().subscribe((before, now) -> focus(now));
        start.disabledProperty().addListener(changed -> focusStart());
        next.disableProperty().bind(guide.mayGoOn().not());
        start.disableProperty().bind(guide.mayGoOn().not());
        save.disableProperty().bind(guide.mayGoOn().not());
    }

    // a click on the selected button would release it
    private void goTo(Step step) {
        guide.goTo(step);
        show(guide.step().get());
    }

    private void show(Step now) {
        buttons.forEach((step, button) -> button.setSelected(step == now));
        parts.forEach((step, part) -> Nodes.show(part, step == now));
        Nodes.show(back, now != Step.SOURCE);
        Nodes.show(next, now != Step.REVIEW);
        Nodes.show(start, now == Step.REVIEW);
        Nodes.show(save, now == Step.REVIEW);
        next.setDefaultButton(now != Step.REVIEW);
        start.setDefaultButton(now == Step.REVIEW);
    }

    // a button of the step that happens to have the focus would take the Enter that goes on
    private void focus(Step now) {
        switch (now) {
            case SOURCE -> stepSource.requestFocus();
            case TARGET -> targetPartController.takeFocus();
            case REVIEW -> stepReview.requestFocus();
        }
        focusStart();
    }

    // it can be pressed once the statements are known, and nobody went elsewhere meanwhile
    private void focusStart() {
        if (stepReview.isFocused() && !start.isDisabled()) {
            start.requestFocus();
        }
    }

    @FXML
    void goBack() {
        guide.goBack();
    }

    @FXML
    void goOn() {
        guide.goOn();
    }

    @FXML
    void restore() {
        guide.request().filter(request -> prompts.restore(guide.question())).ifPresent(this::begin);
    }

    private void begin(RestoreRequest request) {
        guide.begun();
        actions.restore(request);
    }

    @FXML
    void saveProfile() {
        guide.request().ifPresent(actions::saveProfile);
    }
}
