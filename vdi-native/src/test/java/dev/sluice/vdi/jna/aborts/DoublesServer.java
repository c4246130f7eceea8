package dev.sluice.vdi.jna.aborts;

import dev.sluice.vdi.jna.DoubleStream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The double's own server, which is in C++. */
final class DoublesServer implements Server {

    private static final Duration PATIENCE = Duration.ofSeconds(100);

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
        String verdict = stream.join(PATIENCE).verdict();
        run.require(!verdict.equals("mismatch"), "the server got other bytes");
        return !verdict.equals("unattached");
    }
}
