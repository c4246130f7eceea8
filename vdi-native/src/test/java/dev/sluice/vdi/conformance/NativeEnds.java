package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.jna.NativeDouble;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A native client in front of a double, which notes every rule it breaks and all it leaves. */
public final class NativeEnds extends Ends {

    private static int made;

    private final DoubleControl control;
    private final Map<String, Long> before;
    private final List<Thread> threadsBefore = threads();

    /** Ends that begin with a clean double, which is strict about buffers. */
    public NativeEnds(NativeDouble library) {
        super(library, library, EnumSet.of(Trait.CLOSE_WAITS_FOR_COMMANDS));
        this.control = library.control();
        control.reset();
        control.setStrictBuffers(true);
        before = control.balances();
    }

    DoubleControl control() {
        return control;
    }

    /** Sets of a native library are known on the whole machine. */
    @Override
    protected synchronized String setName(int number) {
        return "sluice-conformance-" + ProcessHandle.current().pid() + "-" + made++;
    }

    @Override
    protected long agents() {
        return control.counter("agents");
    }

    @Override
    protected void awaitAgents(long count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (agents() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Override
    protected int races() {
        return 200;
    }

    @Override
    public void close() {
        super.close();
        assertThat(control.violations()).isEmpty();
        assertThat(control.balances()).isEqualTo(before);
        Set<Thread> left = new HashSet<>(threads());
        left.removeAll(threadsBefore);
        left.forEach(Running::untilEnded);
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vdi-"))
                .toList();
    }
}
