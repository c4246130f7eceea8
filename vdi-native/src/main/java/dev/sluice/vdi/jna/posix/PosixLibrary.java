package dev.sluice.vdi.jna.posix;

import com.sun.jna.NativeLibrary;

import dev.sluice.vdi.internal.SystemTime;
import dev.sluice.vdi.internal.TimeSource;
import dev.sluice.vdi.jna.client.ClientBinding;
import dev.sluice.vdi.jna.client.ClientLibrary;
import dev.sluice.vdi.words.Said;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The loaded {@code libsqlvdi.so}; a process has one at most, and never unloads it. */
final class PosixLibrary implements ClientLibrary {

    static final String NAME = "libsqlvdi.so";

    private static @Nullable PosixLibrary loaded;

    private final Path path;

    // unreachable, JNA would unload it
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final NativeLibrary library;

    private final DeviceCalls deviceCalls;
    private final TimeSource time = new SystemTime();

    private PosixLibrary(Path path, NativeLibrary library) {
        this.path = path;
        this.library = library;
        this.deviceCalls = new DeviceCalls(library);
    }

    /**
     * The library to work with.
     *
     * @param path its real path
     * @param library has every symbol
     * @return that of the process, which is another one if it had one already
     */
    static synchronized PosixLibrary of(Path path, NativeLibrary library) {
        PosixLibrary present = loaded;
        if (present == null) {
            SqlVdi.use(library);
            present = new PosixLibrary(path, library);
            loaded = present;
        }
        return present;
    }

    Path path() {
        return path;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Said> checkInstance(@Nullable String instanceName) {
        return instanceName == null || instanceName.isEmpty()
                ? List.of()
                : List.of(Said.of("wrong.noInstance.linux", instanceName));
    }

    @Override
    public List<Said> checkName(String name) {
        // the library takes bytes and nobody says in which encoding
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(name);
        return ascii && name.indexOf('\0') < 0 ? List.of() : List.of(Said.of("wrong.ascii"));
    }

    @Override
    public ClientBinding newDeviceSet() {
        return new PosixBinding(deviceCalls, time);
    }
}
