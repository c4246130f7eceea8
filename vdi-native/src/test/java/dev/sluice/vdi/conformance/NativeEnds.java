package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.DoubleControl;
import dev.sluice.vdi.server.ServerVdiProvider;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A native client in front of a double, which notes every rule it breaks and all it leaves. */
public final class NativeEnds extends Ends {

    /** What must be as before when all is closed. */
    private static final List<String> BALANCES =
            List.of(
                    "sets",
                    "server_sets",
                    "devices",
                    "server_devices",
                    "agents",
                    "references",
                    "apartments",
                    "mappings",
                    "mapped_bytes",
                    "files",
                    "calls_inside",
                    "closes_with_outstanding",
                    "outstanding");

    private static int made;

    private final DoubleControl control;
    private final Map<String, Long> before;
    private final List<Thread> threadsBefore = threads();

    /** Ends that begin with a clean double, which is strict about buffers. */
    public NativeEnds(VdiProvider clients, ServerVdiProvider servers, DoubleControl control) {
        super(clients, servers, EnumSet.of(Trait.CLOSE_WAITS_FOR_COMMANDS));
        this.control = control;
        control.reset();
        control.setStrictBuffers(true);
        before = balances();
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

    private Map<String, Long> balances() {
        Map<String, Long> balances = new LinkedHashMap<>();
        BALANCES.forEach(name -> balances.put(name, control.counter(name)));
        return balances;
    }

    @Override
    public void close() {
        super.close();
        assertThat(control.violations()).isEmpty();
        assertThat(balances()).isEqualTo(before);
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
