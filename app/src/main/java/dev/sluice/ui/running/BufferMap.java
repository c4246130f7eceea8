package dev.sluice.ui.running;

import dev.sluice.job.BufferUse;

import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The map of all shared buffers: a cell per buffer, in the order of their ids, drawn by what is
 * done with it. A use has a colour, from the stylesheet, and a drawing of its own: free is hollow,
 * server is crossed by a stroke, queued has a dot, held the two bars of a pause, reading is filled
 * up to its half, checking has lines across, writing is solid, and returned is hollow with a tick.
 * Cells shrink until all fit, and where they would be too small, the map is higher. FX thread.
 */
public final class BufferMap extends Region {

    private static final StyleablePropertyFactory<BufferMap> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final Map<BufferUse, CssMetaData<BufferMap, Paint>> COLOURS = colours();
    private static final CssMetaData<BufferMap, Paint> MARK =
            FACTORY.createPaintCssMetaData("-sluice-mark", map -> map.mark, Color.TRANSPARENT);

    private static final double LARGEST = 34;

    /** In a smaller cell the drawings could not be told apart. */
    private static final double SMALLEST = 8;

    private static final double NUMBERED = 26;
    private static final double LEAST_HEIGHT = 60;

    private final Canvas canvas = new Canvas();
    private final Map<BufferUse, StyleableObjectProperty<Paint>> colours =
            new EnumMap<>(BufferUse.class);
    private final StyleableObjectProperty<Paint> mark = paint(MARK);
    private List<BufferUse> uses = List.of();
    private double side = LARGEST;
    private int columns = 1;

    /** An empty map. */
    public BufferMap() {
        COLOURS.forEach((use, meta) -> colours.put(use, paint(meta)));
        getStyleClass().add("buffer-map");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
    }

    private static Map<BufferUse, CssMetaData<BufferMap, Paint>> colours() {
        Map<BufferUse, CssMetaData<BufferMap, Paint>> colours = new EnumMap<>(BufferUse.class);
        for (BufferUse use : BufferUse.values()) {
            String name = "-sluice-" + use.name().toLowerCase(Locale.ROOT);
            colours.put(
                    use,
                    FACTORY.createPaintCssMetaData(
                            name, map -> map.colours.get(use), Color.TRANSPARENT));
        }
        return colours;
    }

    /** Shows what is done with each buffer; draws the cells that changed. */
    public void show(List<BufferUse> now) {
        List<BufferUse> before = uses;
        uses = now;
        if (now.size() != before.size()) {
            requestLayout();
            draw();
            return;
        }
        for (int id = 0; id < now.size(); id++) {
            if (now.get(id) != before.get(id)) {
                draw(id);
            }
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
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinHeight(double width) {
        double inner = width - snappedLeftInset() - snappedRightInset();
        double rows = Math.ceil(uses.size() / Math.max(1, Math.floor(inner / SMALLEST)));
        double cells = width < 0 ? 0 : rows * SMALLEST;
        return snappedTopInset() + Math.max(LEAST_HEIGHT, cells) + snappedBottomInset();
    }

    @Override
    protected void layoutChildren() {
        canvas.relocate(snappedLeftInset(), snappedTopInset());
        canvas.setWidth(Math.max(0, getWidth() - snappedLeftInset() - snappedRightInset()));
        canvas.setHeight(Math.max(0, getHeight() - snappedTopInset() - snappedBottomInset()));
        draw();
    }

    private void draw() {
        side = side(uses.size(), canvas.getWidth(), canvas.getHeight());
        columns = Math.max(1, (int) Math.floor(canvas.getWidth() / side));
        canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        for (int id = 0; id < uses.size(); id++) {
            draw(id);
        }
    }

    private void draw(int id) {
        GraphicsContext pen = canvas.getGraphicsContext2D();
        double x = id % columns * side;
        double y = Math.floorDiv(id, columns) * side;
        double size = side - (side > 12 ? 3 : 1);
        pen.clearRect(x, y, side, side);
        switch (uses.get(id)) {
            case FREE -> {
                outline(pen, BufferUse.FREE, x, y, size);
                number(pen, id, colour(BufferUse.FREE), x, y, size);
            }
            case SERVER -> {
                fill(pen, BufferUse.SERVER, x, y, size);
                stroke(pen, x, y, size);
            }
            case QUEUED -> {
                fill(pen, BufferUse.QUEUED, x, y, size);
                double dot = Math.max(2, size * 0.28);
                pen.fillOval(x + (size - dot) / 2, y + (size - dot) / 2, dot, dot);
            }
            case RETURNED -> tick(pen, x, y, size);
            case HELD -> {
                fill(pen, BufferUse.HELD, x, y, size);
                bars(pen, x, y, size, false);
            }
            case READING -> half(pen, x, y, size);
            case CHECKING -> {
                fill(pen, BufferUse.CHECKING, x, y, size);
                bars(pen, x, y, size, true);
            }
            case WRITING -> {
                fill(pen, BufferUse.WRITING, x, y, size);
                number(pen, id, mark.get(), x, y, size);
            }
        }
    }

    private static double arc(double size) {
        return Math.min(6, size / 3);
    }

    private void outline(GraphicsContext pen, BufferUse use, double x, double y, double size) {
        pen.setStroke(colour(use));
        pen.setLineWidth(1);
        pen.strokeRoundRect(x + 0.5, y + 0.5, size - 1, size - 1, arc(size), arc(size));
    }

    /** Fills the cell, and leaves the pen with the colour of what is drawn on it. */
    private void fill(GraphicsContext pen, BufferUse use, double x, double y, double size) {
        pen.setFill(colour(use));
        pen.fillRoundRect(x, y, size, size, arc(size), arc(size));
        pen.setFill(mark.get());
        pen.setStroke(mark.get());
    }

    private static void stroke(GraphicsContext pen, double x, double y, double size) {
        pen.setLineWidth(Math.max(1, size / 12));
        double inset = size * 0.22;
        pen.strokeLine(x + inset, y + size - inset, x + size - inset, y + inset);
    }

    /** Two bars, upright or lying. */
    private static void bars(GraphicsContext pen, double x, double y, double size, boolean lying) {
        double thick = Math.max(1, Math.rint(size * 0.14));
        double inset = Math.rint(size * 0.22);
        double length = size - 2 * inset;
        for (double start : new double[] {Math.rint(size * 0.28), Math.rint(size * 0.58)}) {
            if (lying) {
                pen.fillRect(x + inset, y + start, length, thick);
            } else {
                pen.fillRect(x + start, y + inset, thick, length);
            }
        }
    }

    private void half(GraphicsContext pen, double x, double y, double size) {
        outline(pen, BufferUse.READING, x, y, size);
        double top = Math.rint(size / 2);
        pen.setFill(colour(BufferUse.READING));
        pen.fillRoundRect(x, y + top, size, size - top, arc(size) / 2, arc(size) / 2);
    }

    private void tick(GraphicsContext pen, double x, double y, double size) {
        outline(pen, BufferUse.RETURNED, x, y, size);
        double inset = size * 0.24;
        double across = size - 2 * inset;
        pen.setStroke(colour(BufferUse.RETURNED));
        pen.setLineWidth(Math.max(1, size / 9));
        double[] xs = {x + inset, x + inset + across * 0.38, x + size - inset};
        double[] ys = {y + size / 2, y + size - inset - across * 0.1, y + inset + across * 0.1};
        pen.strokePolyline(xs, ys, xs.length);
    }

    // With few buffers there is room for their ids, where no drawing needs it.
    private static void number(
            GraphicsContext pen, int id, Paint colour, double x, double y, double size) {
        if (size < NUMBERED) {
            return;
        }
        pen.setFill(colour);
        pen.setFont(Font.font(size * 0.36));
        pen.setTextAlign(TextAlignment.CENTER);
        pen.setTextBaseline(VPos.CENTER);
        pen.fillText(Integer.toString(id), x + size / 2, y + size / 2);
    }

    private Paint colour(BufferUse use) {
        return Objects.requireNonNull(colours.get(use)).get();
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
