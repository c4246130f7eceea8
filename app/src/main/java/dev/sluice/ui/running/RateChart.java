package dev.sluice.ui.running;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A rate over time, from 0 at the bottom to the highest at the top. FX thread. */
public final class RateChart extends Region {

    private final Polygon area = new Polygon();
    private final Polyline line = new Polyline();
    private double[] rates = {};

    /** An empty chart. */
    public RateChart() {
        getStyleClass().add("rate-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        area.getStyleClass().add("rate-area");
        line.getStyleClass().add("rate-line");
        area.setManaged(false);
        line.setManaged(false);
        getChildren().setAll(area, line);
    }

    /** Shows rates, oldest first. */
    public void show(double[] now) {
        rates = now;
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        double highest = Arrays.stream(rates).max().orElse(0);
        if (rates.length < 2 || highest <= 0) {
            line.getPoints().clear();
            area.getPoints().clear();
            return;
        }
        List<Double> corners = new ArrayList<>(2 * rates.length + 4);
        for (int i = 0; i < rates.length; i++) {
            corners.add(getWidth() * i / (rates.length - 1));
            corners.add(1 + (getHeight() - 2) * (1 - rates[i] / highest));
        }
        // all at once: every change of the list makes the shape anew
        line.getPoints().setAll(corners);
        corners.addAll(List.of(getWidth(), getHeight(), 0.0, getHeight()));
        area.getPoints().setAll(corners);
    }
}
