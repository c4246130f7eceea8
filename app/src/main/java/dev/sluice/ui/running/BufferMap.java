package dev.sluice.ui.running;

import dev.sluice.vdi.DeviceSetObservation.Holder;

import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

import java.util.List;

/**
 * The map of all shared buffers: a cell per buffer, in the order of their ids, filled by who holds
 * it. A holder has a colour, from the stylesheet, and a drawing of its own: free is hollow, server
 * is crossed by a stroke, queued has a dot, ours is solid. Cells shrink until all fit. FX thread.
 */
public final class BufferMap extends Region {

    private static final StyleablePropertyFactory<BufferMap> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<BufferMap, Paint> LINE =
            FACTORY.createPaintCssMetaData("-sluice-line", map -> map.line, Color.TRANSPARENT);
    private static final CssMetaData<BufferMap, Paint> SERVER =
            FACTORY.createPaintCssMetaData("-sluice-server", map -> map.server, Color.TRANSPARENT);
    private static final CssMetaData<BufferMap, Paint> QUEUED =
            FACTORY.createPaintCssMetaData("-sluice-queued", map -> map.queued, Color.TRANSPARENT);
    private static final CssMetaData<BufferMap, Paint> CLIENT =
            FACTORY.createPaintCssMetaData("-sluice-client", map -> map.client, Color.TRANSPARENT);
    private static final CssMetaData<BufferMap, Paint> MARK =
            FACTORY.createPaintCssMetaData("-sluice-mark", map -> map.mark, Color.TRANSPARENT);

    private static final double LARGEST = 34;
    private static final double SMALLEST = 4;
    private static final double NUMBERED = 26;

    private final Canvas canvas = new Canvas();
    private final StyleableObjectProperty<Paint> line = paint(LINE);
    private final StyleableObjectProperty<Paint> server = paint(SERVER);
    private final StyleableObjectProperty<Paint> queued = paint(QUEUED);
    private final StyleableObjectProperty<Paint> client = paint(CLIENT);
    private final StyleableObjectProperty<Paint> mark = paint(MARK);
    private List<Holder> holders = List.of();

    /** An empty map. */
    public BufferMap() {
        getStyleClass().add("buffer-map");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
    }

    /** Shows who holds what; redraws when that changed. */
    public void show(List<Holder> now) {
        if (!holders.equals(now)) {
            holders = now;
            draw();
        }
    }

    /** The side of a cell, gap included, so that all cells fit. */
    static double side(int cells, double width, double height) {
        for (double side = LARGEST; side > SMALLEST; side -= 1) {
            if (Math.floor(width / side) * Math.floor(height / side) >= cells) {
                return side;
            }
        }
        return SMALLEST;
    }

    @Override
    protected void layoutChildren() {
        canvas.relocate(snappedLeftInset(), snappedTopInset());
        canvas.setWidth(Math.max(0, getWidth() - snappedLeftInset() - snappedRightInset()));
        canvas.setHeight(Math.max(0, getHeight() - snappedTopInset() - snappedBottomInset()));
        draw();
    }

    private void draw() {
        GraphicsContext pen = canvas.getGraphicsContext2D();
        pen.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        double side = side(holders.size(), canvas.getWidth(), canvas.getHeight());
        int columns = Math.max(1, (int) Math.floor(canvas.getWidth() / side));
        for (int id = 0; id < holders.size(); id++) {
            cell(pen, id, id % columns * side, Math.floorDiv(id, columns) * side, side);
        }
    }

    private void cell(GraphicsContext pen, int id, double x, double y, double side) {
        double gap = side > 12 ? 3 : 1;
        double size = side - gap;
        double arc = Math.min(6, size / 3);
        Holder holder = holders.get(id);
        if (holder == Holder.FREE) {
            pen.setStroke(line.get());
            pen.setLineWidth(1);
            pen.strokeRoundRect(x + 0.5, y + 0.5, size - 1, size - 1, arc, arc);
        } else {
            pen.setFill(fill(holder));
            pen.fillRoundRect(x, y, size, size, arc, arc);
            drawing(pen, holder, x, y, size);
        }
        number(pen, id, x, y, size);
    }

    private void drawing(GraphicsContext pen, Holder holder, double x, double y, double size) {
        pen.setStroke(mark.get());
        pen.setFill(mark.get());
        if (holder == Holder.SERVER) {
            pen.setLineWidth(Math.max(1, size / 12));
            double inset = size * 0.22;
            pen.strokeLine(x + inset, y + size - inset, x + size - inset, y + inset);
        } else if (holder == Holder.QUEUED) {
            double dot = Math.max(2, size * 0.28);
            pen.fillOval(x + (size - dot) / 2, y + (size - dot) / 2, dot, dot);
        }
    }

    // With few buffers there is room for their ids, where no drawing needs it.
    private void number(GraphicsContext pen, int id, double x, double y, double size) {
        Holder holder = holders.get(id);
        if (size < NUMBERED || holder == Holder.SERVER || holder == Holder.QUEUED) {
            return;
        }
        pen.setFill(holder == Holder.FREE ? line.get() : mark.get());
        pen.setFont(Font.font(size * 0.36));
        pen.setTextAlign(TextAlignment.CENTER);
        pen.setTextBaseline(VPos.CENTER);
        pen.fillText(Integer.toString(id), x + size / 2, y + size / 2);
    }

    private Paint fill(Holder holder) {
        return switch (holder) {
            case FREE -> Color.TRANSPARENT;
            case SERVER -> server.get();
            case QUEUED -> queued.get();
            case CLIENT -> client.get();
        };
    }

    private StyleableObjectProperty<Paint> paint(CssMetaData<BufferMap, Paint> meta) {
        return new StyleableObjectProperty<>(meta.getInitialValue(this)) {
            @Override
            protected void invalidated() {
                get();
                draw();
            }

            @Override
            public Object getBean() {
                return BufferMap.this;
            }

            @Override
            public String getName() {
                return meta.getProperty();
            }

            @Override
            public CssMetaData<BufferMap, Paint> getCssMetaData() {
                return meta;
            }
        };
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
