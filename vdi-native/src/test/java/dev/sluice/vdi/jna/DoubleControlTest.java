package dev.sluice.vdi.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Both doubles are there and can be controlled. */
class DoubleControlTest {

    static Stream<Path> libraries() {
        return Stream.of(Doubles.comLibrary(), Doubles.posixLibrary());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aNewServerIsOneReference(Path library) {
        DoubleControl control = DoubleControl.of(library);
        long before = control.counter("references");
        assertThat(control.newServer()).isNotZero();
        assertThat(control.counter("references")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void anUnknownFunctionOrCounterIsToldApart(Path library) {
        DoubleControl control = DoubleControl.of(library);
        assertThat(control.counter("sets")).isNotNegative();
        assertThat(control.counter("unknown")).isEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.failNext("Unknown", 0x80770004));
    }
}
