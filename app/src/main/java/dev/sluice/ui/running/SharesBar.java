package dev.sluice.ui.running;

import javafx.scene.Node;
import javafx.scene.layout.Region;

import java.util.List;

/** A bar of parts side by side, each as wide as its share. FX thread. */
final class SharesBar extends Region {

    private List<Double> shares = List.of();

    SharesBar() {
        getStyleClass().add("shares-bar");
    }

    /** Another part, by its style. */
    void addPart(String style) {
        Region part = new Region();
        part.getStyleClass().add(style);
        part.setManaged(false);
        getChildren().add(part);
    }

    /** Shows the shares, 0 to 1, one for each part. */
    void show(List<Double> now) {
        if (!now.equals(shares)) {
            shares = now;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double x = 0;
        for (int i = 0; i < shares.size(); i++) {
            Node part = getChildren().get(i);
            double width = shares.get(i) * getWidth();
            part.resizeRelocate(x, 0, width, getHeight());
            x += width;
        }
    }
}
