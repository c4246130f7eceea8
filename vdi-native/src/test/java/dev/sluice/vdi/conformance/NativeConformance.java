package dev.sluice.vdi.conformance;

import dev.sluice.vdi.jna.DoubleControl;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests that need a native library: a second process, or a double that does as it is told. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Provider.class, names = "EMBEDDED", mode = Mode.EXCLUDE)
abstract class NativeConformance extends ProviderTest {

    final DoubleControl control() {
        return ((NativeEnds) ends()).control();
    }
}
