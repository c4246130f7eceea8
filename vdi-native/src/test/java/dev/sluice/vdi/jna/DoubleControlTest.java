package dev.sluice.vdi.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.COM.Unknown;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** Both doubles are there and can be controlled. */
class DoubleControlTest {

    /** Every symbol of vdi-facts section D. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "_ZN22ClientVirtualDeviceSetC1Ev",
                "_ZN22ClientVirtualDeviceSetC2Ev",
                "_ZN22ClientVirtualDeviceSetD1Ev",
                "_ZN22ClientVirtualDeviceSetD2Ev",
                "_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig",
                "_ZN22ClientVirtualDeviceSet16GetConfigurationElP8VDConfig",
                "_ZN22ClientVirtualDeviceSet10OpenDeviceEPcPP19ClientVirtualDevice",
                "_ZN22ClientVirtualDeviceSet5CloseEv",
                "_ZN22ClientVirtualDeviceSet11SignalAbortEv",
                "_ZN22ClientVirtualDeviceSet15OpenInSecondaryEPc",
                "_ZN22ClientVirtualDeviceSet15GetBufferHandleEPhPj",
                "_ZN22ClientVirtualDeviceSet15MapBufferHandleEiPPh",
                "_ZN22ClientVirtualDeviceSet20RegisterDeviceClosedEv",
                "_ZN19ClientVirtualDeviceC1Ev",
                "_ZN19ClientVirtualDeviceC2Ev",
                "_ZN19ClientVirtualDeviceD1Ev",
                "_ZN19ClientVirtualDeviceD2Ev",
                "_ZN19ClientVirtualDevice10GetCommandElPP11VDC_Command",
                "_ZN19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml"
            })
    void libsqlvdiExportsTheSymbol(String symbol) {
        NativeLibrary library = NativeLibrary.getInstance(Doubles.posixLibrary().toString());
        assertThat(library.getGlobalVariableAddress(symbol)).isNotNull();
    }

    static Stream<Path> libraries() {
        return Stream.of(Doubles.comLibrary(), Doubles.posixLibrary());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aNewServerIsOneReference(Path library) {
        DoubleControl control = DoubleControl.of(library);
        long before = control.counter("references");
        Unknown server = new Unknown(new Pointer(control.newServer()));
        assertThat(control.counter("references")).isEqualTo(before + 1);
        assertThat(server.Release()).isZero();
        assertThat(control.counter("references")).isEqualTo(before);
        // this thread is in no apartment
        control.reset();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aStreamWithoutASetEndsUnattached(Path library) {
        DoubleStream stream = DoubleControl.of(library).stream("set=nobody", "attach_millis=1");
        assertThat(stream.join(Duration.ofSeconds(30)).verdict()).isEqualTo("unattached");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aStreamsBytesDependOnSeedDeviceAndPosition(Path library) {
        DoubleControl control = DoubleControl.of(library);
        byte[] whole = control.pattern(1, 0, 0, 100_000);
        byte[] part = control.pattern(1, 0, 4097, 70_000);
        assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 4097, 74_097));
        assertThat(control.pattern(1, 1, 0, 100)).isNotEqualTo(control.pattern(1, 0, 0, 100));
        assertThat(control.findMismatch(1, 0, 4097, part)).isEqualTo(-1);
        part[69_999]++;
        assertThat(control.findMismatch(1, 0, 4097, part)).isEqualTo(69_999);
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
