package dev.sluice.vdi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.server.ServerCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A command the server sends, and the calls of its routine. */
public final class Sent {

    /** The thread of the routine's first call. */
    public final CompletableFuture<Thread> calledBack = new CompletableFuture<>();

    /** The command. */
    public final ServerCommand command;

    private final List<Integer> codes = new ArrayList<>();

    /** A command not sent yet. */
    public Sent() {
        this(() -> {});
    }

    /** A command not sent yet, whose routine does something more. */
    Sent(Runnable whenCalledBack) {
        command =
                new ServerCommand(
                        done -> {
                            synchronized (this) {
                                codes.add(done.completionCode());
                            }
                            calledBack.complete(Thread.currentThread());
                            whenCalledBack.run();
                        });
    }

    /** The one code the routine was called with, after waiting for it. */
    public int code() {
        Running.get(calledBack);
        return codeSoFar();
    }

    /** The one code the routine was called with by now. */
    synchronized int codeSoFar() {
        assertThat(codes).hasSize(1);
        return codes.getFirst();
    }
}
