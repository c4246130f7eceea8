package dev.sluice.ui.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferMapTest {

    private static final double WIDTH = 440;
    private static final double HEIGHT = 80;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64, 256, 1_000})
    void everyBufferHasACellInTheMap(int buffers) {
        double side = BufferMap.side(buffers, WIDTH, HEIGHT);
        assertThat(Math.floor(WIDTH / side) * Math.floor(HEIGHT / side))
                .isGreaterThanOrEqualTo(buffers);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void fewBuffersHaveLargeCells(int buffers) {
        assertThat(BufferMap.side(buffers, WIDTH, HEIGHT)).isGreaterThanOrEqualTo(30);
    }
}
