package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class WindowPlaceTest {

    private static final WindowPlace.Area MAIN = new WindowPlace.Area(0, 40, 1920, 1040);
    private static final WindowPlace.Area LEFT = new WindowPlace.Area(-1280, 0, 1280, 1024);

    private static WindowPlace at(double x, double y) {
        return new WindowPlace(x, y, 1280, 800, false);
    }

    @Test
    void staysWhereItCanBeSeen() {
        for (WindowPlace place : List.of(at(10, 50), at(-1200, 0), at(1800, 900))) {
            assertThat(place.broughtBack(List.of(MAIN, LEFT))).isEqualTo(place);
        }
    }

    @Test
    void comesBackFromAScreenThatIsGone() {
        assertThat(at(-1200, 0).broughtBack(List.of(MAIN))).isEqualTo(at(320, 160));
    }

    @Test
    void comesBackWhenItsTitleCannotBeReached() {
        assertThat(at(10, -700).broughtBack(List.of(MAIN))).isEqualTo(at(320, 160));
        assertThat(at(10, 1060).broughtBack(List.of(MAIN))).isEqualTo(at(320, 160));
        assertThat(at(1900, 100).broughtBack(List.of(MAIN))).isEqualTo(at(320, 160));
    }

    @Test
    void isNoLargerThanTheScreenItComesBackTo() {
        WindowPlace large = new WindowPlace(5000, 0, 3000, 2000, true);
        assertThat(large.broughtBack(List.of(MAIN)))
                .isEqualTo(new WindowPlace(0, 40, 1920, 1040, true));
    }

    @Test
    void isKept(@TempDir Path home) throws Exception {
        WindowPlaceStore store = WindowPlaceStore.of(Folders.under(home));
        assertThat(store.load()).isEmpty();
        store.save(at(-5, 7));
        assertThat(store.load()).contains(at(-5, 7));
    }
}
