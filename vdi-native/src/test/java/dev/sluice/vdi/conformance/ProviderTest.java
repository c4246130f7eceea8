package dev.sluice.vdi.conformance;

import dev.sluice.vdi.protocol.DeviceSetConfiguration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A test that runs on fresh ends of a provider and leaves nothing behind. */
abstract class ProviderTest {

    @Parameter private @Nullable Provider provider;
    private @Nullable Ends ends;

    /** The first of a native provider compiles its double, which a busy machine takes long for. */
    @BeforeEach
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void open() throws Exception {
        ends = provider().open();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        if (ends != null) {
            ends.close();
        }
    }

    final Provider provider() {
        return Objects.requireNonNull(provider);
    }

    final Ends ends() {
        return Objects.requireNonNull(ends);
    }

    /** A set that nobody created yet. */
    final Rig rig(int devices) {
        return ends().rig(devices);
    }

    /** As {@link #rig(int)}, with a request of its own. */
    final Rig rig(DeviceSetConfiguration request) {
        return ends().rig(request);
    }
}
