package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.jna.DoubleStream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The double's own server, which is in C++. */
final class DoublesServer implements Server {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Set<String> ENDS = Set.of("aborted", "died", "unattached");

    /** A call that failed for lack of memory, a SendCommand that did, and ERROR_DISK_FULL. */
    private static final List<String> ORDERED =
            List.of(
                    "returned 0x8077000A",
                    "failed: code 6,",
                    "was answered with 6",
                    "failed: code 112,");

    private final SetRun run;
    private final DoubleStream stream;

    /**
     * @param orders what it is to do of itself; see {@link dev.sluice.vdi.jna.DoubleControl#stream}
     */
    DoublesServer(SetRun run, List<String> orders) {
        this.run = run;
        Plan plan = run.plan();
        List<String> options = new ArrayList<>(orders);
        options.add("set=" + run.name());
        options.add("restore=" + (plan.restore() ? 1 : 0));
        options.add("bytes=" + (long) plan.transfer() * plan.commands());
        options.add("block_size=" + plan.blockSize());
        options.add("max_transfer=" + plan.maxTransfer());
        options.add("transfer=" + plan.transfer());
        options.add("vary=" + (plan.vary() ? 1 : 0));
        options.add("buffers=" + plan.buffers());
        options.add("outstanding=" + plan.outstanding());
        options.add("flush_every=" + plan.flushEvery());
        options.add("seed=" + (plan.seed() >>> 1));
        options.add("fill=stamps");
        options.add("verify=0");
        stream = run.control().stream(options.toArray(String[]::new));
    }

    @Override
    public void abort() {
        stream.abort();
    }

    @Override
    public boolean awaitEnd() {
        DoubleStream.Result result = stream.join(PATIENCE);
        switch (result.verdict()) {
            case "ok" -> checkBytes(result);
            case "failed" -> checkOrdered(result.failure());
            default -> run.require(ENDS.contains(result.verdict()), result.toString());
        }
        return !result.verdict().equals("unattached");
    }

    private void checkBytes(DoubleStream.Result result) {
        Plan plan = run.plan();
        run.require(
                result.totalBytes(plan.devices())
                        == (long) plan.devices() * plan.transfer() * plan.commands(),
                "the server was content with less: " + result);
    }

    /** A server finds fault with its client only where a strike has ordered it. */
    private void checkOrdered(String failure) {
        run.require(ORDERED.stream().anyMatch(failure::contains), "the server says: " + failure);
    }
}
