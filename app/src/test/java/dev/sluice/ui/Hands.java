package dev.sluice.ui;

import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What somebody at the window does with mouse, keys and patience. */
final class Hands {

    private static final long PATIENCE = 30;

    private final FxRobot robot;

    Hands(FxRobot robot) {
        this.robot = robot;
    }

    /** Waits for something to be so, as the FX thread sees it. */
    void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                PATIENCE, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Waits for something to be on the screen. */
    void untilShown(String query) throws TimeoutException {
        until(() -> robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible));
    }

    /** Waits for a question to be asked. */
    void untilAsked() throws TimeoutException {
        untilShown("#prompt-yes");
    }

    /** Clicks on something that must be there. */
    void press(String query) {
        robot.clickOn(query);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Puts a text into a field, in place of the one that is there. */
    void type(String query, String text) {
        robot.clickOn(query);
        robot.interact(() -> ((TextInputControl) node(query)).setText(text));
    }

    /** Chooses from a list that opens, by its keys: so many further down. */
    void choose(String query, int further) {
        ComboBox<?> box = robot.lookup(query).queryComboBox();
        robot.interact(box::requestFocus);
        for (int i = 0; i < further; i++) {
            robot.type(KeyCode.DOWN);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    Node node(String query) {
        return robot.lookup(query).query();
    }

    /** What a label, a button or a field says. */
    String text(String query) {
        Node node = node(query);
        return node instanceof TextInputControl field
                ? field.getText()
                : ((Labeled) node).getText();
    }

    /** Keeps a picture of the window, or of the question over it. */
    void picture(String name) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(
                () -> {
                    List<Window> windows = Window.getWindows();
                    Screenshots.take(windows.getLast().getScene(), name);
                });
    }
}
