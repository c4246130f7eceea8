package dev.sluice.launcher;

import dev.sluice.cli.Backend;
import dev.sluice.cli.VdiChoice;
import dev.sluice.doctor.Doctor;
import dev.sluice.job.AddedServers;
import dev.sluice.job.Folders;
import dev.sluice.job.SluiceEngine;
import dev.sluice.secret.SecretStores;
import dev.sluice.sql.SqlServerException;
import dev.sluice.sql.embedded.EmbeddedServer;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.embedded.EmbeddedVdi;
import dev.sluice.vdi.jna.NativeVdi;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.server.ServerVdiProvider;
import dev.sluice.words.Told;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The parts of the product, wired together at first use. Closing goes from the top down: jobs drain
 * and end, then the server closes its databases. Safe from any thread.
 */
final class OpenOnUse implements Backend, AutoCloseable {

    private final Folders folders;
    private @Nullable AddedServers added;
    private final EmbeddedOnUse embedded = new EmbeddedOnUse(this::server);
    private volatile VdiChoice choice = VdiChoice.AUTO;
    private @Nullable SluiceEngine engine;
    private boolean closed;

    OpenOnUse(Folders folders) {
        this.folders = folders;
    }

    @Override
    public void choose(VdiChoice newChoice) {
        choice = newChoice;
    }

    @Override
    public synchronized SluiceEngine engine() {
        refuseWhenClosed();
        if (engine == null) {
            engine = new SluiceEngine(folders, List.of(embedded), servers());
        }
        return engine;
    }

    @Override
    public EmbeddedServer embedded() throws SqlServerException {
        return embedded.get();
    }

    @Override
    public synchronized AddedServers servers() {
        refuseWhenClosed();
        if (added == null) {
            added =
                    new AddedServers(
                            folders,
                            SecretStores.ofThisMachine(folders.config(), System.getenv()),
                            new MachineVdi());
        }
        return added;
    }

    @Override
    public Doctor doctor() {
        return Doctor.ofThisMachine(folders);
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("Sluice is closing");
        }
    }

    private EmbeddedServer server() throws SqlServerException {
        return switch (choice) {
            case AUTO, EMBEDDED -> new EmbeddedServer(folders.data(), new EmbeddedVdi());
            case NATIVE ->
                    new EmbeddedServer(
                            folders.data(), (VdiProvider & ServerVdiProvider) nativeVdi());
        };
    }

    private static VdiProvider nativeVdi() throws SqlServerException {
        try {
            return NativeVdi.openBothEnds();
        } catch (NativeVdiException e) {
            throw unusable(Told.of(e), e);
        } catch (LinkageError e) {
            throw unusable(MachineVdi.withoutJna(e), e);
        }
    }

    private static SqlServerException unusable(Told why, Throwable cause) {
        return new SqlServerException(Told.of("embedded.noLibrary", why), cause);
    }

    /** Returns when everything has ended, also when another thread began to close. */
    @Override
    public synchronized void close() {
        closed = true;
        if (engine != null) {
            engine.close();
            engine = null;
        }
        embedded.close();
        if (added != null) {
            added.close();
        }
    }
}
