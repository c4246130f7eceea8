package dev.sluice.ui.running;

import javafx.collections.ObservableList;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

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
    void show(double[] now) {
        rates = now;
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        ObservableList<Double> points = line.getPoints();
        points.clear();
        area.getPoints().clear();
        double highest = 0;
        for (double rate : rates) {
            highest = Math.max(highest, rate);
        }
        if (rates.length < 2 || highest <= 0) {
            return;
        }
        double[] corners = new double[rates.length * 2];
        for (int i = 0; i < rates.length; i++) {
            corners[2 * i] = getWidth() * i / (rates.length - 1);
            corners[2 * i + 1] = 1 + (getHeight() - 2) * (1 - rates[i] / highest);
        }
        for (double corner : corners) {
            points.add(corner);
        }
        area.getPoints().setAll(points);
        area.getPoints().addAll(getWidth(), getHeight(), 0.0, getHeight());
    }
}
