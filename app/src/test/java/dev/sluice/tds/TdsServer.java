package dev.sluice.tds;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.SSLContext;

/** Listens on a port of the loopback address and speaks TDS with whoever connects. */
public final class TdsServer implements AutoCloseable {

    /** What it calls itself in its messages. */
    public static final String NAME = "TDS";

    /** Of SQL Server 2022: 16.0.4000. */
    static final byte[] VERSION = {16, 0, 4000 >> 8, (byte) 4000};

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** SQL Server keeps the sessions up to here for itself. */
    private static final int LAST_SYSTEM_SESSION = 50;

    private final ServerSocket socket;
    private final Encryption encryption;
    private final @Nullable SSLContext tls;
    private final Handler handler;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private TdsServer(Encryption encryption, @Nullable SSLContext tls, Handler handler)
            throws IOException {
        this.encryption = encryption;
        this.tls = tls;
        this.handler = handler;
        socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start("tds-accept", this::accept);
    }

    /** One without TLS. */
    public static TdsServer start(Handler handler) throws IOException {
        return new TdsServer(Encryption.NOT_SUPPORTED, null, handler);
    }

    /** One with TLS. */
    public static TdsServer start(
            Encryption encryption, TestCertificates.Identity identity, Handler handler)
            throws IOException {
        return new TdsServer(encryption, identity.context(), handler);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Drops all connections and waits for every thread.
     *
     * @throws IllegalStateException when a handler failed, or does not heed {@link Reply#stopped()}
     */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        for (Connection connection : connections) {
            connection.close();
        }
        while (!threads.isEmpty()) {
            for (Thread thread : List.copyOf(threads)) {
                awaitEnd(thread);
                threads.remove(thread);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("the server's side failed");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private void awaitEnd(Thread thread) throws InterruptedIOException {
        try {
            if (!thread.join(PATIENCE)) {
                var stuck = new IllegalStateException(thread.getName() + " does not end");
                stuck.setStackTrace(thread.getStackTrace());
                failures.add(stuck);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the server was closing");
        }
    }

    Encryption encryption() {
        return encryption;
    }

    SSLContext tls() {
        return Objects.requireNonNull(tls, "a server without TLS");
    }

    Handler handler() {
        return handler;
    }

    /** What a thread of the server does. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    Thread start(String name, Task task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(task));
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (ConnectionLost e) {
            // clients come and go; what a statement makes of it is its own affair
        } catch (Throwable e) {
            failures.add(e);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private void accept() throws Exception {
        for (int session = LAST_SYSTEM_SESSION + 1; ; session++) {
            Socket client;
            try {
                client = socket.accept();
            } catch (IOException e) {
                if (closed) {
                    return;
                }
                throw e;
            }
            client.setTcpNoDelay(true);
            Connection connection = new Connection(this, client, session);
            connections.add(connection);
            start(
                    "tds-" + session,
                    () -> {
                        try {
                            connection.serve();
                        } finally {
                            connections.remove(connection);
                        }
                    });
            if (closed) {
                connection.close();
            }
        }
    }
}
