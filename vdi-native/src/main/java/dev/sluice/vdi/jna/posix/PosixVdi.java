package dev.sluice.vdi.jna.posix;

import dev.sluice.vdi.ClientDeviceSet;
import dev.sluice.vdi.VdiProvider;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.jna.client.ClientLibrary;
import dev.sluice.vdi.jna.client.NativeDeviceSet;

import java.nio.file.Path;

/**
 * SQL Server's {@code libsqlvdi.so}, for the default instance, which is the only one on Linux. Safe
 * from any thread. Names are ASCII. The user needs SQL Server's group, and SQL Server's user the
 * group of this one (vdi-facts section D); while a set is created or joined or a device is opened,
 * new files of this process are open to the group.
 */
public final class PosixVdi implements VdiProvider {

    /** Where SQL Server for Linux installs the library. */
    public static final Path DEFAULT_LIBRARY = Path.of("/opt/mssql/lib", PosixLibrary.NAME);

    private final ClientLibrary library;

    private PosixVdi(ClientLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library; a process uses one, and keeps it loaded.
     *
     * @throws NativeVdiException when it cannot be used, with what was found and what would help
     */
    public static PosixVdi open(Path library) throws NativeVdiException {
        return new PosixVdi(new LibraryLoading(library).load());
    }

    /** What is found out about a library by loading it. */
    public static LibraryReport inspect(Path library) {
        LibraryLoading loading = new LibraryLoading(library);
        try {
            loading.load();
            return loading.success();
        } catch (NativeVdiException e) {
            return e.report();
        }
    }

    @Override
    public String name() {
        return library.name();
    }

    @Override
    public ClientDeviceSet newDeviceSet() {
        return new NativeDeviceSet(library);
    }
}
