package dev.sluice.ui.shell;

import dev.sluice.ui.common.Icons;
import dev.sluice.ui.common.Nodes;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Notices.Notice;
import dev.sluice.ui.common.Theme;
import dev.sluice.ui.running.JobViewModel;
import dev.sluice.ui.running.JobViews;
import dev.sluice.ui.running.JobsViewModel;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/** The window around the views. */
@SuppressWarnings("NullAway.Init") // FXML fills the fields it names
public final class ShellController {

    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final ShellViewModel shell;
    private final JobsViewModel jobs;
    private final JobViews views;
    private final Notices notices;
    private Theme theme = Theme.LIGHT;
    @FXML private Node root;
    @FXML private ToggleButton backupButton;
    @FXML private ToggleButton setsButton;
    @FXML private ToggleButton jobButton;
    @FXML private Node backup;
    @FXML private Node sets;
    @FXML private Node restore;
    @FXML private StackPane running;
    @FXML private FontIcon themeIcon;
    @FXML private Node notice;
    @FXML private Label noticeText;

    /** A controller over the window. */
    public ShellController(
            ShellViewModel shell, JobsViewModel jobs, JobViews views, Notices notices) {
        this.shell = shell;
        this.jobs = jobs;
        this.views = views;
        this.notices = notices;
    }

    @FXML
    void initialize() {
        Nodes.showWhen(backup, shell.page().isEqualTo(Page.BACKUP));
        Nodes.showWhen(sets, shell.page().isEqualTo(Page.SETS));
        Nodes.showWhen(restore, shell.page().isEqualTo(Page.RESTORE));
        Nodes.showWhen(running, shell.page().isEqualTo(Page.JOB));
        jobButton.disableProperty().bind(jobs.selected().isNull());
        jobs.selected().subscribe(this::turnTo);
        shell.page().subscribe(this::select);
        Nodes.showWhen(notice, notices.current().isNotNull());
        notices.current().subscribe(this::show);
    }

    private void select(Page page) {
        backupButton.setSelected(page == Page.BACKUP);
        setsButton.setSelected(page == Page.SETS || page == Page.RESTORE);
        jobButton.setSelected(page == Page.JOB);
    }

    private void turnTo(@Nullable JobViewModel job) {
        running.getChildren().setAll(job == null ? List.of() : List.of(views.page(job)));
    }

    private void show(@Nullable Notice now) {
        if (now != null) {
            notice.pseudoClassStateChanged(ERROR, now.error());
            noticeText.setText(now.text());
            noticeText.setGraphic(Icons.icon(now.error() ? "fth-alert-octagon" : "fth-check"));
        }
    }

    @FXML
    void showBackup() {
        go(Page.BACKUP);
    }

    @FXML
    void showSets() {
        go(Page.SETS);
    }

    @FXML
    void showJob() {
        go(Page.JOB);
    }

    // a click on the selected button would release it
    private void go(Page page) {
        shell.page().set(page);
        select(page);
    }

    @FXML
    void switchTheme() {
        Scene scene = root.getScene();
        theme = theme.other();
        themeIcon.setIconLiteral(theme == Theme.LIGHT ? "fth-moon" : "fth-sun");
        theme.apply(scene);
    }

    @FXML
    void dismissNotice() {
        notices.clear();
    }
}
