package dev.sluice.vdi.jna.com;

import com.sun.jna.Native;

import dev.sluice.vdi.VdiException;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.protocol.VdiStatus;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks for {@code sqlvdi.dll}: what the registry names, what lies there, what lies in SQL Server's
 * folders, and whether it makes a device set. Where each of these is read from is given to it.
 */
final class SqlvdiSearch {

    private final Registrations registrations;
    private final Supplier<ComRuntime> com;
    private final Function<Path, Optional<String>> versions;
    private final Path programFiles;
    private final int processBits;

    /**
     * @param com taken only when there is a library to try
     * @param programFiles the folder with SQL Server's folder in it
     */
    SqlvdiSearch(
            Registrations registrations,
            Supplier<ComRuntime> com,
            Function<Path, Optional<String>> versions,
            Path programFiles,
            int processBits) {
        this.registrations = registrations;
        this.com = com;
        this.versions = versions;
        this.programFiles = programFiles;
        this.processBits = processBits;
    }

    /** On this machine, which runs Windows. */
    static SqlvdiSearch ofWindows() {
        return new SqlvdiSearch(
                new Registry(),
                Ole32Runtime::new,
                FileVersion::of,
                Path.of(System.getenv().getOrDefault("ProgramFiles", "C:\\Program Files")),
                Native.POINTER_SIZE * Byte.SIZE);
    }

    LibraryReport inspect() {
        try {
            return SqlvdiVerdict.of(look());
        } catch (IOException e) {
            return SqlvdiVerdict.ofUnreadableRegistration(processBits, e);
        }
    }

    /**
     * @throws IOException when what is registered cannot be read or is no path
     */
    private SqlvdiLook look() throws IOException {
        Optional<Path> registered = registered(64);
        boolean present = registered.filter(Files::exists).isPresent();
        OptionalInt bits = OptionalInt.empty();
        Optional<String> unreadable = Optional.empty();
        if (present) {
            try {
                bits = PeFile.bits(registered.orElseThrow());
            } catch (IOException e) {
                unreadable = Optional.of(e.toString());
            }
        }
        boolean fits = bits.isPresent() && bits.getAsInt() == processBits && processBits == 64;
        return new SqlvdiLook(
                processBits,
                registered,
                registered(32),
                installed(),
                present,
                bits,
                unreadable,
                present ? versions.apply(registered.orElseThrow()) : Optional.empty(),
                fits ? OptionalInt.of(tryToCreate()) : OptionalInt.empty());
    }

    private Optional<Path> registered(int bits) throws IOException {
        try {
            return registrations
                    .inprocServer(VdiClass.CLIENT_DEVICE_SET.classId(), bits)
                    .map(value -> Path.of(value.replace("\"", "").strip()));
        } catch (InvalidPathException e) {
            throw new IOException("no path: " + e.getMessage(), e);
        }
    }

    /** SQL Server has kept the library in {@code 80\COM} of its folder, or in another's number. */
    private List<Path> installed() {
        List<Path> found = new ArrayList<>();
        Path folder = programFiles.resolve("Microsoft SQL Server");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> numbers = Files.newDirectoryStream(folder)) {
                for (Path number : numbers) {
                    Path library = number.resolve("COM").resolve(SqlvdiVerdict.LIBRARY);
                    if (Files.isRegularFile(library)) {
                        found.add(library);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // the list only helps to write a remedy; without it the general one is given
                return List.of();
            }
        }
        found.sort(null);
        return found;
    }

    private int tryToCreate() {
        Apartment apartment = new Apartment(com.get());
        try (ApartmentKeeper _ = new ApartmentKeeper(apartment);
                ComObject _ = VdiClass.CLIENT_DEVICE_SET.create(apartment)) {
            return VdiStatus.NOERROR.hresult();
        } catch (VdiException refusal) {
            return refusal.hresult();
        }
    }
}
