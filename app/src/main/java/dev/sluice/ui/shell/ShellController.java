package dev.sluice.ui.shell;

import dev.sluice.ui.common.FxmlView;
import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Notices.Action;
import dev.sluice.ui.common.Notices.Notice;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobViews;
import dev.sluice.ui.running.JobsViewModel;
import dev.sluice.ui.settings.Appearance;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The window around the pages. A page is loaded when it is first shown, and stays. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class ShellController {

    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final PseudoClass FOLDED = PseudoClass.getPseudoClass("folded");

    private final ShellViewModel shell;
    private final JobsViewModel jobs;
    private final JobViews views;
    private final Function<FxmlView, Parent> pages;
    private final Appearance appearance;
    private final Notices notices;
    private final Texts texts;
    private final StackPane running = new StackPane();
    private final Map<Page, Node> shown = new EnumMap<>(Page.class);
    private final Map<Page, ToggleButton> buttons = new EnumMap<>(Page.class);
    @FXML private Region root;
    @FXML private Node sidebar;
    @FXML private Node logo;
    @FXML private Label name;
    @FXML private Node theme;
    @FXML private ToggleButton unfold;
    @FXML private Node lists;
    @FXML private Pane navigation;
    @FXML private StackPane middle;
    @FXML private FontIcon themeIcon;
    @FXML private Node notice;
    @FXML private Label noticeText;
    @FXML private Button noticeAction;

    /**
     * A controller over the window.
     *
     * @param pages loads the view of a page
     */
    public ShellController(
            ShellViewModel shell,
            JobsViewModel jobs,
            JobViews views,
            Function<FxmlView, Parent> pages,
            Appearance appearance,
            Notices notices,
            Texts texts) {
        this.shell = shell;
        this.jobs = jobs;
        this.views = views;
        this.pages = pages;
        this.appearance = appearance;
        this.notices = notices;
        this.texts = texts;
    }

    @FXML
    void initialize() {
        for (Page page : Page.values()) {
            if (page.place() == page) {
                buttons.put(page, button(page));
            }
        }
        navigation.getChildren().setAll(buttons.values());
        foldWhenNarrow();
        jobs.selected().subscribe(this::turnTo);
        shell.page().subscribe(this::show);
        appearance.theme().subscribe(this::showTheme);
        Nodes.showWhen(notice, notices.current().isNotNull());
        notices.current().subscribe(this::show);
    }

    private void foldWhenNarrow() {
        DoubleProperty em = new SimpleDoubleProperty();
        // any text of the usual size tells it
        em.bind(unfold.fontProperty().map(Font::getSize));
        Folding folding = new Folding(root.widthProperty(), em);
        unfold.selectedProperty().bindBidirectional(folding.opened());
        Nodes.showWhen(unfold, folding.narrow());
        ObservableValue<Boolean> isWide = folding.folded().not();
        List.of(logo, name, theme, lists).forEach(node -> Nodes.showWhen(node, isWide));
        folding.folded().subscribe(this::fold);
        shell.page().subscribe(page -> folding.opened().set(false));
    }

    private void fold(boolean folded) {
        sidebar.pseudoClassStateChanged(FOLDED, folded);
        buttons.forEach(
                (page, button) -> {
                    button.setContentDisplay(
                            folded ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
                });
    }

    private ToggleButton button(Page page) {
        String title = texts.of("page", page);
        ToggleButton button = new ToggleButton(title, Icons.icon(page.icon()));
        button.setAccessibleText(title);
        button.setId(page.id());
        KeyCode key = page.key();
        if (key != null) {
            button.setTooltip(new Tooltip(texts.get("shell.keys", title, key.getChar())));
        }
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(event -> go(page));
        if (page == Page.JOB) {
            button.disableProperty().bind(jobs.selected().isNull());
        }
        return button;
    }

    // a click on the selected button would release it
    private void go(Page page) {
        shell.page().set(page);
        select(page);
    }

    private void show(Page page) {
        Node view = shown.computeIfAbsent(page, this::load);
        if (!middle.getChildren().contains(view)) {
            middle.getChildren().add(view);
        }
        shown.forEach((other, node) -> Nodes.show(node, other == page));
        select(page);
    }

    private Node load(Page page) {
        FxmlView view = page.view();
        return view == null ? running : pages.apply(view);
    }

    private void select(Page page) {
        buttons.forEach((other, button) -> button.setSelected(other == page.place()));
    }

    private void turnTo(@Nullable JobViewModel job) {
        running.getChildren().setAll(job == null ? List.of() : List.of(views.page(job)));
    }

    private void show(@Nullable Notice now) {
        if (now != null) {
            notice.pseudoClassStateChanged(ERROR, now.error());
            noticeText.setText(now.text());
            Action action = now.action();
            Nodes.show(noticeAction, action != null);
            noticeAction.setText(action == null ? noticeAction.getText() : action.name());
            noticeText.setGraphic(Icons.icon(now.error() ? "fth-alert-octagon" : "fth-check"));
        }
    }

    private void showTheme(Theme theme) {
        themeIcon.setIconLiteral(theme == Theme.LIGHT ? "fth-moon" : "fth-sun");
    }

    @FXML
    void switchTheme() {
        appearance.switchTheme();
    }

    @FXML
    void followNotice() {
        Notice now = notices.current().get();
        notices.clear();
        if (now != null && now.action() != null) {
            now.action().run().run();
        }
    }

    @FXML
    void dismissNotice() {
        notices.clear();
    }
}
