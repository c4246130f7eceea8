package dev.sluice.ui.common;

import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A row that breaks into several where its children, at their least widths, do not fit beside each
 * other: in a small window, with large texts. Each row is then like an {@link HBox}. FX thread.
 */
public class WrapBox extends HBox {

    /** Children beside each other. */
    private record Row(List<Node> nodes, List<Double> widths, double height) {}

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        double widest = 0;
        for (Node node : getManagedChildren()) {
            widest = Math.max(widest, node.minWidth(-1));
        }
        return left() + widest + right();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double inner = width < 0 ? Double.MAX_VALUE : width - left() - right();
        List<Row> rows = rows(inner);
        double heights = rows.stream().mapToDouble(Row::height).sum();
        return top() + heights + Math.max(0, rows.size() - 1) * gap() + bottom();
    }

    @Override
    protected void layoutChildren() {
        List<Row> rows = rows(getWidth() - left() - right());
        double heights = rows.stream().mapToDouble(Row::height).sum();
        double gaps = Math.max(0, rows.size() - 1) * gap();
        double spare = Math.max(0, getHeight() - top() - bottom() - heights - gaps);
        double y = top();
        for (Row row : rows) {
            double height = row.height() + spare / rows.size();
            place(row, y, height);
            y += height + gap();
        }
    }

    private void place(Row row, double y, double height) {
        double used = -gap();
        for (double width : row.widths()) {
            used += width + gap();
        }
        boolean isRight = getAlignment().getHpos() == HPos.RIGHT;
        double spare = Math.max(0, getWidth() - left() - right() - used);
        double x = left() + (isRight ? spare : 0);
        boolean isBaseline = getAlignment().getVpos() == VPos.BASELINE;
        double baseline = isBaseline ? baseline(row.nodes()) : 0;
        for (int i = 0; i < row.nodes().size(); i++) {
            layoutInArea(
                    row.nodes().get(i),
                    x,
                    y,
                    row.widths().get(i),
                    height,
                    baseline,
                    Insets.EMPTY,
                    true,
                    isFillHeight() && !isBaseline,
                    HPos.LEFT,
                    isBaseline
                            ? VPos.BASELINE
                            : getAlignment() == Pos.TOP_LEFT ? VPos.TOP : VPos.CENTER);
            x += row.widths().get(i) + gap();
        }
    }

    private static double baseline(List<Node> nodes) {
        return nodes.stream().mapToDouble(Node::getBaselineOffset).max().orElse(0);
    }

    private List<Row> rows(double width) {
        List<Row> rows = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        double used = 0;
        for (Node node : getManagedChildren()) {
            double least = least(node, width);
            if (!nodes.isEmpty() && used + gap() + least > width) {
                rows.add(row(nodes, width));
                nodes = new ArrayList<>();
                used = 0;
            }
            used += least + (nodes.isEmpty() ? 0 : gap());
            nodes.add(node);
        }
        if (!nodes.isEmpty()) {
            rows.add(row(nodes, width));
        }
        return rows;
    }

    /** One of these within another breaks only when it has a row of its own. */
    private static double least(Node node, double width) {
        return node instanceof WrapBox ? Math.min(node.prefWidth(-1), width) : node.minWidth(-1);
    }

    /** Children get what they prefer, shrink towards their least, or grow as they may. */
    private Row row(List<Node> nodes, double width) {
        double[] widths = new double[nodes.size()];
        double room = width - (nodes.size() - 1) * gap();
        double preferred = 0;
        double least = 0;
        int growing = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = snapSizeX(nodes.get(i).prefWidth(-1));
            preferred += widths[i];
            least += least(nodes.get(i), room);
            growing += HBox.getHgrow(nodes.get(i)) == Priority.ALWAYS ? 1 : 0;
        }
        double height = 0;
        for (int i = 0; i < widths.length; i++) {
            Node node = nodes.get(i);
            double whole = widths[i];
            if (preferred > room && preferred > least) {
                double share = (widths[i] - least(node, room)) / (preferred - least);
                double shrunk = widths[i] - share * Math.min(preferred - room, preferred - least);
                whole = Math.max(least(node, room), Math.floor(shrunk));
            } else if (room < Double.MAX_VALUE / 2 && HBox.getHgrow(node) == Priority.ALWAYS) {
                // rounded up, the last one would not be all inside
                double grown = Math.floor(whole + (room - preferred) / growing);
                whole = Math.min(grown, Math.max(whole, node.maxWidth(-1)));
            }
            widths[i] = Math.min(whole, room);
            double needed = Math.max(node.minHeight(widths[i]), node.prefHeight(widths[i]));
            height = Math.max(height, needed);
        }
        return new Row(nodes, DoubleStream.of(widths).boxed().toList(), snapSizeY(height));
    }

    private double gap() {
        return snapSpaceX(getSpacing());
    }

    private double left() {
        return snappedLeftInset();
    }

    private double right() {
        return snappedRightInset();
    }

    private double top() {
        return snappedTopInset();
    }

    private double bottom() {
        return snappedBottomInset();
    }
}
