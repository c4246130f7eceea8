package dev.sluice.ui.restore;

import dev.sluice.media.BackupSet;
import dev.sluice.sql.BackupType;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.restore.TimeLineLayout.Bar;
import dev.sluice.ui.restore.TimeLineLayout.PlacedMark;
import dev.sluice.ui.restore.TimeScale.Tick;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * The sets of a database in time, with a slider for the moment to restore to. Every kind of backup
 * has a shape of its own; a solid bar covers the moments that can be chosen freely. Arrows move by
 * a minute, with Shift by a second, Up and Down from one backup to the next, Home and End to the
 * ends, plus and minus show less or more. FX thread.
 */
public final class TimeLineView extends Region {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass DOUBTED = PseudoClass.getPseudoClass("doubted");
    private static final PseudoClass LOST = PseudoClass.getPseudoClass("lost");

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECONDS = Duration.ofSeconds(1);
    private static final double CLOSER = 0.5;

    /** Middle of the marks, middle of the track, top of the labels; in pixels from the top. */
    private static final double MARKS = 12;

    private static final double TRACK = 34;
    private static final double LABELS = 46;

    private static final double TRACK_HEIGHT = 4;
    private static final double SPAN_HEIGHT = 10;
    private static final double THUMB_WIDTH = 14;
    private static final double MARK_SIZE = 12;
    private static final double LOG_WIDTH = 3;

    /** Room that a label needs beside another, in widths of its text. */
    private static final double APART = 1.6;

    private final ObjectProperty<@Nullable Moment> moment = new SimpleObjectProperty<>();
    private final Pane drawing = new Pane();
    private final Region track = new Region();
    private final Region thumb = new Region();
    private final Label sample = label(SECOND.format(LocalTime.MIDNIGHT));
    private TimeLine line = TimeLine.EMPTY;
    private Set<BackupSet> chosen = Set.of();
    private @Nullable Texts texts;
    private @Nullable LocalDateTime left;
    private @Nullable LocalDateTime right;

    /** An empty line. */
    public TimeLineView() {
        getStyleClass().add("time-line");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        track.getStyleClass().add("time-track");
        thumb.getStyleClass().add("time-thumb");
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        drawing.setClip(clip);
        drawing.setManaged(false);
        sample.setManaged(false);
        sample.setVisible(false);
        getChildren().addAll(drawing, sample);
        moment.subscribe(this::moved);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnScroll(this::scrolled);
        setOnKeyPressed(this::key);
    }

    /** Speaks with these texts. */
    void speak(Texts with) {
        texts = with;
    }

    /** Shows another line, all of it. */
    void show(TimeLine now) {
        line = now;
        left = null;
        draw();
    }

    /** Marks the sets that are to be restored. */
    void mark(Set<BackupSet> now) {
        chosen = Set.copyOf(now);
        draw();
    }

    /** The moment chosen; null for none. */
    ObjectProperty<@Nullable Moment> moment() {
        return moment;
    }

    // ---- moving

    private void moved(@Nullable Moment now) {
        if (now != null && left != null && right != null) {
            see(new TimeScale(left, right, 1).showing(now.at()));
        }
        draw();
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE_STRING);
    }

    private void see(TimeScale scale) {
        left = scale.from();
        right = scale.to();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragged(event);
    }

    private void dragged(MouseEvent event) {
        TimeScale scale = scale();
        if (scale != null) {
            line.nearest(scale.moment(event.getX() - inset())).ifPresent(moment::set);
        }
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            zoom(event.getDeltaY() > 0 ? CLOSER : 1 / CLOSER);
            event.consume();
        }
    }

    /** Shows half as much, around the moment. */
    void closer() {
        zoom(CLOSER);
    }

    /** Shows twice as much. */
    void wider() {
        zoom(1 / CLOSER);
    }

    /** Shows all. */
    void all() {
        left = null;
        draw();
    }

    private void zoom(double factor) {
        TimeScale scale = scale();
        Moment around = moment.get();
        TimeScale whole = whole();
        if (scale == null || around == null || whole == null) {
            return;
        }
        TimeScale next = scale.zoomed(factor, around.at());
        boolean everything = !next.from().isAfter(whole.from()) && !next.to().isBefore(whole.to());
        see(everything ? whole : next);
        draw();
    }

    private void key(KeyEvent event) {
        Moment now = moment.get();
        if (now == null || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        Duration step = event.isShiftDown() ? SECONDS : MINUTE;
        Moment next =
                switch (event.getCode()) {
                    case LEFT -> line.step(now, step.negated());
                    case RIGHT -> line.step(now, step);
                    case DOWN -> line.previous(now);
                    case UP -> line.next(now);
                    case HOME -> line.first().orElse(now);
                    case END -> line.last().orElse(now);
                    default -> null;
                };
        if (next != null) {
            moment.set(next);
            event.consume();
        } else if (zoomed(event)) {
            event.consume();
        }
    }

    private boolean zoomed(KeyEvent event) {
        switch (event.getCode()) {
            case PLUS, ADD, EQUALS -> closer();
            case MINUS, SUBTRACT -> wider();
            default -> {
                return false;
            }
        }
        return true;
    }

    // ---- drawing

    private double inset() {
        return snappedLeftInset() + THUMB_WIDTH / 2;
    }

    private double room() {
        return getWidth() - 2 * inset();
    }

    private @Nullable TimeScale whole() {
        if (line.marks().isEmpty() || room() < 1) {
            return null;
        }
        return TimeScale.around(line.marks().getFirst().at(), line.marks().getLast().at(), room());
    }

    private @Nullable TimeScale scale() {
        return left == null || right == null || room() < 1
                ? whole()
                : new TimeScale(left, right, room());
    }

    @Override
    protected double computePrefHeight(double width) {
        return snappedTopInset() + LABELS + sample.prefHeight(-1) + snappedBottomInset();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        drawing.getChildren().clear();
        TimeScale scale = scale();
        if (scale == null) {
            return;
        }
        drawing.resizeRelocate(0, 0, getWidth(), getHeight());
        add(track, inset(), TRACK - TRACK_HEIGHT / 2, scale.width(), TRACK_HEIGHT);
        TimeLineLayout layout = TimeLineLayout.of(line, scale, chosen);
        layout.bars().forEach(this::bar);
        scale.ticks(sample.prefWidth(-1) * APART).forEach(tick -> tick(scale, tick));
        layout.marks().forEach(this::mark);
        Moment now = moment.get();
        if (now != null) {
            double x = inset() + scale.x(now.at()) - THUMB_WIDTH / 2;
            add(thumb, x, 0, THUMB_WIDTH, TRACK + SPAN_HEIGHT / 2);
        }
    }

    private void bar(Bar bar) {
        double y = TRACK - SPAN_HEIGHT / 2;
        add(styled("time-span"), inset() + bar.x(), y, bar.width(), SPAN_HEIGHT);
    }

    private void tick(TimeScale scale, Tick tick) {
        DateTimeFormatter form = tick.isDay() ? day() : tick.hasSeconds() ? SECOND : TIME;
        double width = sample.prefWidth(-1);
        double x = inset() + scale.x(tick.at()) - width / 2;
        if (x < 0 || x + width > getWidth()) {
            return; // half a time of day is another one
        }
        add(label(form.format(tick.at())), x, LABELS, width, sample.prefHeight(-1));
    }

    /** Day and month in the order of the language. */
    private static DateTimeFormatter day() {
        return DateTimeFormatter.ofLocalizedPattern("Md").withLocale(Locale.getDefault());
    }

    private static Label label(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("time-tick");
        label.setAlignment(Pos.CENTER);
        return label;
    }

    private void mark(PlacedMark mark) {
        Region region = styled(shape(mark.type()));
        region.pseudoClassStateChanged(CHOSEN, mark.chosen());
        region.pseudoClassStateChanged(DOUBTED, mark.doubted());
        region.pseudoClassStateChanged(LOST, !mark.reachable());
        double width = mark.type() == BackupType.LOG ? LOG_WIDTH : MARK_SIZE;
        double x = inset() + mark.x() - width / 2;
        add(region, x, MARKS - MARK_SIZE / 2, width, MARK_SIZE);
    }

    /** The style class that has the shape of a kind of backup. */
    static String shape(BackupType type) {
        return switch (type) {
            case FULL -> "time-full";
            case DIFFERENTIAL -> "time-differential";
            case LOG -> "time-log";
        };
    }

    private static Region styled(String style) {
        Region region = new Region();
        region.getStyleClass().add(style);
        return region;
    }

    private void add(Node node, double x, double y, double width, double height) {
        // the drawing would give each its preferred size
        node.setManaged(false);
        drawing.getChildren().add(node);
        node.resizeRelocate(x, y, width, height);
    }

    // ---- for those who do not see it

    /** The moment in words. */
    String inWords() {
        Moment now = moment.get();
        if (texts == null || now == null) {
            return "";
        }
        BackupSet end = now.end();
        String at = MomentText.write(now.at());
        return end == null
                ? texts.get("restore.moment.within", at)
                : texts.get(
                        "restore.moment.end", at, texts.of("restore.type", end.manifest().type()));
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE_STRING -> inWords();
            case VALUE -> share(moment.get());
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> 1.0;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    private double share(@Nullable Moment now) {
        TimeScale whole = whole();
        return whole == null || now == null ? 0 : whole.x(now.at()) / whole.width();
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        Moment now = moment.get();
        if (now == null) {
            super.executeAccessibleAction(action, parameters);
            return;
        }
        switch (action) {
            case INCREMENT -> moment.set(line.step(now, MINUTE));
            case DECREMENT -> moment.set(line.step(now, MINUTE.negated()));
            case BLOCK_INCREMENT -> moment.set(line.next(now));
            case BLOCK_DECREMENT -> moment.set(line.previous(now));
            default -> super.executeAccessibleAction(action, parameters);
        }
    }
}
