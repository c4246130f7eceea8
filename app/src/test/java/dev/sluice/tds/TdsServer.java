package dev.sluice.tds;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

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
    private final Handler handler;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private TdsServer(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /** One without TLS. */
    public static TdsServer start(Handler handler) throws IOException {
        ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        TdsServer server = new TdsServer(socket, handler);
        server.start("tds-accept", server::accept);
        return server;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Drops all connections and waits for every thread.
     *
     * @throws IllegalStateException when a handler failed, or does not end
     */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        for (Connection connection : connections) {
            connection.close();
        }
        for (Thread thread : threads) {
            awaitEnd(thread);
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
                failures.add(new IllegalStateException(thread.getName() + " does not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the server was closing");
        }
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
            boolean interruptedByClose = closed && e instanceof InterruptedException;
            if (!interruptedByClose) {
                failures.add(e);
            }
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
