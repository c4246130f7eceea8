package dev.sluice.ui.running;

import dev.sluice.ui.common.FxThread;
import dev.sluice.ui.common.Nodes;

import javafx.beans.Observable;
import javafx.collections.ListChangeListener;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import java.util.List;

/**
 * Keeps the end of a list in view as it grows and whenever it is shown, until the user scrolls away
 * from it, and again when he is back. FX thread.
 */
final class EndInView {

    private static final List<EventType<? extends InputEvent>> HANDS =
            List.of(
                    ScrollEvent.SCROLL,
                    KeyEvent.KEY_PRESSED,
                    MouseEvent.MOUSE_DRAGGED,
                    MouseEvent.MOUSE_RELEASED);

    private final ListView<?> list;
    private boolean wanted = true;

    private EndInView(ListView<?> list) {
        this.list = list;
    }

    /**
     * Keeps the end of a list in view from now on.
     *
     * @param page the page it is on; the pane that holds it is shown and hidden
     */
    static <T> void keep(ListView<T> list, Node page) {
        EndInView end = new EndInView(list);
        ListChangeListener<T> grown = change -> end.showSoon();
        list.getItems().addListener(grown);
        list.heightProperty().addListener((Observable changed) -> end.showSoon());
        // a hidden list does not scroll
        page.parentProperty().flatMap(Node::visibleProperty).subscribe(shown -> end.showSoon());
        HANDS.forEach(
                hand ->
                        list.addEventFilter(
                                hand, event -> FxThread.later(() -> end.wanted = end.isSeen())));
    }

    private void showSoon() {
        FxThread.later(this::show);
    }

    // the last lines come when the window has closed
    private void show() {
        if (wanted && Nodes.isOnScreen(list)) {
            toEnd();
        }
    }

    private void toEnd() {
        // or it would scroll to the end of what it knows of
        list.layout();
        list.scrollTo(list.getItems().size() - 1);
        list.layout();
        // after a time out of sight it stops a line before
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollPixels(flow.getHeight());
        }
    }

    private boolean isSeen() {
        list.layout();
        if (!(list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow)) {
            return true;
        }
        IndexedCell<?> last = flow.getLastVisibleCell();
        return last == null
                || (last.getIndex() >= list.getItems().size() - 1 && isSeen(last, flow));
    }

    // a last line of which only the upper edge is in view was scrolled away from
    private static boolean isSeen(IndexedCell<?> last, VirtualFlow<?> flow) {
        double bottom = last.localToScene(last.getLayoutBounds()).getMaxY();
        double end = flow.localToScene(flow.getLayoutBounds()).getMaxY();
        return bottom - last.getHeight() / 4 <= end;
    }
}
