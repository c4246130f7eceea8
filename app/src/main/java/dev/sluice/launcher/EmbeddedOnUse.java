package dev.sluice.launcher;

import dev.sluice.sql.SampleHost;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.SqlSession;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.vdi.VdiProvider;

import org.jspecify.annotations.Nullable;

/**
 * The embedded server, whose data folder is opened by the first session: a job that goes to another
 * server leaves it alone. Safe from any thread.
 */
final class EmbeddedOnUse implements SampleHost, AutoCloseable {

    /** Opens it. */
    @FunctionalInterface
    interface Opener {
        EmbeddedServer open() throws SqlServerException;
    }

    private final Opener opener;
    private @Nullable EmbeddedServer opened;
    private boolean closed;

    EmbeddedOnUse(Opener opener) {
        this.opener = opener;
    }

    /**
     * The server itself.
     *
     * @throws SqlServerException when its data folder cannot be used, or its device sets cannot be
     *     reached; the next call tries again
     */
    synchronized EmbeddedServer get() throws SqlServerException {
        if (closed) {
            throw new IllegalStateException("Sluice is closing");
        }
        if (opened == null) {
            opened = opener.open();
        }
        return opened;
    }

    @Override
    public String name() {
        return EmbeddedServer.NAME;
    }

    @Override
    public VdiProvider vdi() throws SqlServerException {
        return get().vdi();
    }

    @Override
    public SqlSession connect() throws SqlServerException {
        return get().connect();
    }

    @Override
    public void makeSample() throws SqlServerException {
        get().makeSample();
    }

    /** Closes the server if it was ever opened. */
    @Override
    public synchronized void close() {
        closed = true;
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
