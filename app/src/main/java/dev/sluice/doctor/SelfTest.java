package dev.sluice.doctor;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real device set from Create to Close, both ends in this process: one whose data goes from the
 * server to the client and that ends well, and one whose data comes back and that is aborted with
 * commands in the client's hands.
 */
final class SelfTest {

    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);
    private static final Check.Subject SUBJECT =
            new Check.Subject("self-test", Told.of("check.selfTest"));
    private static final List<Told> FIXES =
            List.of(Told.asIs("sluice doctor"), Told.of("fix.report"));

    private final VdiProvider clients;
    private final ServerVdiProvider servers;
    private final Duration limit;
    private final CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
    private volatile Rehearsal rehearsal;

    /**
     * @param clients for the client's end
     * @param servers for the server's end of the same sets
     * @param limit what takes longer hangs
     */
    SelfTest(VdiProvider clients, ServerVdiProvider servers, Duration limit) {
        this.clients = clients;
        this.servers = servers;
        this.limit = limit;
        this.rehearsal = new Rehearsal(clients, servers);
    }

    /** Carries it out, once; returns within the limit, whatever happens. */
    Check check() {
        long began = System.nanoTime();
        Thread.ofPlatform().name("self-test").daemon().start(this::perform);
        Throwable met = await();
        if (met != null) {
            // on a thread of its own: what hangs may hang there, too
            Thread.ofPlatform().name("self-test-end").daemon().start(rehearsal::abandon);
            LOG.error("the self-test failed while {}", rehearsal.step(), met);
            return SUBJECT.failed(
                    Told.of("found.selfTest.failed", rehearsal.step(), said(met)), FIXES);
        }
        return SUBJECT.ok(
                Told.of(
                        "found.selfTest",
                        Rehearsal.DEVICES,
                        new Told.Rounded(Rehearsal.BYTES),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
    }

    /** The failure; null for success. */
    private @Nullable Throwable await() {
        try {
            return failure.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (TimeoutException | ExecutionException e) {
            return e;
        }
    }

    private void perform() {
        try {
            rehearsal.backup();
            rehearsal = new Rehearsal(clients, servers);
            rehearsal.restoreAndAbort();
            failure.complete(null);
        } catch (Exception | Error e) {
            Throwable first = rehearsal.firstFailure();
            failure.complete(first == null ? e : first);
        }
    }

    private Told said(Throwable met) {
        return switch (met) {
            case TimeoutException hang -> Told.of("reason.hangs", limit);
            case VdiException vdi ->
                    Told.of("reason.vdi", Told.of(vdi), Told.of(vdi.explanation().likelyCause()));
            case Rehearsal.Unexpected unexpected -> unexpected.told();
            default -> Told.asIs(met + ".");
        };
    }
}
