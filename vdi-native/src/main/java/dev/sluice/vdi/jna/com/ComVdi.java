package dev.sluice.vdi.jna.com;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.jna.client.ClientLibrary;
import dev.sluice.vdi.jna.client.NativeDeviceSet;
import dev.sluice.vdi.server.ServerDeviceSet;
import dev.sluice.vdi.server.ServerVdiProvider;

/** SQL Server's {@code sqlvdi.dll}, both ends of it. Safe from any thread. */
public final class ComVdi implements VdiProvider, ServerVdiProvider {

    private final ClientLibrary clients;
    private final Apartment apartment;

    /**
     * @param com makes the objects
     */
    public ComVdi(ComRuntime com) {
        this.apartment = new Apartment(com);
        this.clients = new ComClientLibrary(apartment);
    }

    /**
     * The registered library of this machine, which runs Windows.
     *
     * @throws NativeVdiException when it cannot be used, with what was found and what to do
     */
    public static ComVdi open() throws NativeVdiException {
        LibraryReport report = inspect();
        if (!report.usable()) {
            throw new NativeVdiException(report);
        }
        return new ComVdi(new Ole32Runtime());
    }

    /** What was found out about the library on this machine, which runs Windows. */
    public static LibraryReport inspect() {
        return SqlvdiSearch.ofWindows().inspect();
    }

    @Override
    public String name() {
        return clients.name();
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return new NativeDeviceSet(clients);
    }

    @Override
    public ServerDeviceSet newServerDeviceSet() {
        return new ComServerDeviceSet(apartment);
    }
}
