package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BufferUse;

import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@ExtendWith(ApplicationExtension.class)
class BufferMapTest {

    /** As wide as the map is in the smallest window. */
    private static final double WIDTH = 340;

    private static BufferMap mapOf(int buffers) {
        BufferMap map = new BufferMap();
        map.show(Collections.nCopies(buffers, BufferUse.FREE));
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64, 256, 1_000, 1_024})
    void everyBufferHasALegibleCellInTheMap(int buffers) {
        double height = mapOf(buffers).minHeight(WIDTH);
        double side = BufferMap.side(buffers, WIDTH, height);
        assertThat(side).isGreaterThanOrEqualTo(8);
        assertThat(Math.floor(WIDTH / side) * Math.floor(height / side))
                .isGreaterThanOrEqualTo(buffers);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void fewBuffersHaveLargeCells(int buffers) {
        double height = mapOf(buffers).minHeight(WIDTH);
        assertThat(BufferMap.side(buffers, WIDTH, height)).isGreaterThanOrEqualTo(30);
    }

    /** From the largest cell to the smallest. */
    @ParameterizedTest
    @ValueSource(ints = {34, 16, 8})
    void withoutColoursEveryUseIsDrawnInItsOwnWay(int side, FxRobot robot) {
        List<List<Color>> drawings = new ArrayList<>();
        for (BufferUse use : BufferUse.values()) {
            robot.interact(
                    () -> {
                        BufferMap map = map(side, side, "black");
                        map.show(List.of(use));
                        drawings.add(pixels(map));
                    });
        }
        assertThat(drawings).doesNotHaveDuplicates();
    }

    @Test
    void everyUseTakesItsColourFromTheStylesheet(FxRobot robot) {
        for (BufferUse use : BufferUse.values()) {
            robot.interact(
                    () -> {
                        BufferMap map = map(34, 34, "black");
                        map.setStyle(map.getStyle() + colour(use, "red"));
                        map.applyCss();
                        map.show(List.of(use));
                        assertThat(pixels(map)).contains(Color.RED).doesNotContain(Color.BLACK);
                    });
        }
    }

    @Test
    void onlyCellsThatChangedAreDrawnAndTheMapIsAsIfDrawnAnew(FxRobot robot) {
        List<BufferUse> before = List.of(BufferUse.values());
        List<BufferUse> after = new ArrayList<>(before);
        Collections.swap(after, 2, 7);
        robot.interact(
                () -> {
                    BufferMap map = map(300, 40, "black");
                    map.show(before);
                    map.show(after);
                    BufferMap anew = map(300, 40, "black");
                    anew.show(after);
                    assertThat(pixels(map)).isEqualTo(pixels(anew));

                    Canvas canvas = (Canvas) map.getChildrenUnmodifiable().getFirst();
                    canvas.getGraphicsContext2D().setFill(Color.LIME);
                    canvas.getGraphicsContext2D().fillRect(0, 0, 300, 40);
                    map.show(before);
                    assertThat(at(map, 2 * 34 + 6)).isNotEqualTo(Color.LIME);
                    assertThat(at(map, 7 * 34 + 6)).isNotEqualTo(Color.LIME);
                    assertThat(at(map, 3 * 34 + 6)).isEqualTo(Color.LIME);
                });
    }

    private static BufferMap map(double width, double height, String colour) {
        BufferMap map = new BufferMap();
        map.setStyle(
                Stream.of(BufferUse.values())
                                .map(use -> colour(use, colour))
                                .collect(Collectors.joining())
                        + "-sluice-mark: white;");
        map.resize(width, height);
        new Scene(new Pane(map));
        map.applyCss();
        map.layout();
        return map;
    }

    private static String colour(BufferUse use, String colour) {
        return "-sluice-%s: %s;".formatted(use.name().toLowerCase(Locale.ROOT), colour);
    }

    private static List<Color> pixels(BufferMap map) {
        WritableImage image = map.snapshot(null, null);
        List<Color> pixels = new ArrayList<>();
        PixelReader reader = image.getPixelReader();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pixels.add(reader.getColor(x, y));
            }
        }
        return pixels;
    }

    private static Color at(BufferMap map, int x) {
        return map.snapshot(null, null).getPixelReader().getColor(x, 6);
    }
}
