package dev.sluice.vdi.jna.com;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.vdi.jna.LibraryReport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class SqlvdiSearchTest {

    private static final String CLIENT_CLASS = "{40700425-0080-11d2-851f-00c04fc21759}";
    private static final int PE32 = 0x10B;
    private static final int PE32_PLUS = 0x20B;

    @TempDir private Path programFiles;
    private final Map<String, String> registry = new HashMap<>();
    private final ApartmentsInJava com = new ApartmentsInJava();
    private Path library = Path.of("");

    @BeforeEach
    void placeOfTheLibrary() throws IOException {
        Path folder = programFiles.resolve("Microsoft SQL Server/80/COM");
        Files.createDirectories(folder);
        library = folder.resolve("sqlvdi.dll");
    }

    @Test
    void withoutSqlServerItIsToBeInstalled() {
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.path()).isEmpty();
        assertThat(report.finding().toString()).contains("No sqlvdi.dll is registered");
        assertThat(report.remedies()).singleElement().asString().contains("install SQL Server");
    }

    @Test
    void aLibraryThatLiesThereUnregisteredIsToBeRegistered() throws IOException {
        write(library, PE32_PLUS);
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.remedies())
                .first()
                .asString()
                .contains("regsvr32 \"" + library + "\"")
                .contains("administrator");
    }

    @Test
    void aLibraryRegisteredFor32BitProcessesOnlyIsNamed() {
        register(32, "C:\\Program Files (x86)\\sqlvdi.dll");
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.finding().toString())
                .contains("64-bit processes")
                .contains("Only a 32-bit one is, \"C:\\Program Files (x86)\\sqlvdi.dll\"");
    }

    @Test
    void aRegistrationOfAFileThatIsGoneIsTold() {
        register(64, library.toString());
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.path()).contains(library);
        assertThat(report.finding().toString()).contains("no such file");
    }

    @Test
    void a32BitLibraryInA64BitRegistrationIsTold() throws IOException {
        write(library, PE32);
        register(64, library.toString());
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.libraryBits()).hasValue(32);
        assertThat(report.processBits()).isEqualTo(64);
        assertThat(report.finding().toString())
                .contains("32-bit library, which a 64-bit Java cannot load");
    }

    @Test
    void aFileThatIsNoLibraryIsToldDamaged() throws IOException {
        Files.writeString(library, "MZ, but not for long");
        register(64, library.toString());
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.finding().toString()).contains("damaged");
        assertThat(report.remedies()).singleElement().asString().contains("repair");
    }

    @Test
    void aLibraryThatCannotBeReadIsToldWithTheReason() throws IOException {
        // a folder opens like a file on no system, for whatever user
        Files.createDirectory(library);
        register(64, library.toString());
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.finding().toString()).contains("cannot be read").contains("Exception");
    }

    @Test
    void aQuotedPathIsRead() throws IOException {
        write(library, PE32);
        register(64, "\"" + library + "\"");
        assertThat(inspect(64).path()).contains(library);
    }

    @Test
    void aRegistryThatRefusesOrNamesNoPathIsTold() {
        register(64, "\0");
        LibraryReport noPath = inspect(64);
        assertThat(noPath.usable()).isFalse();
        assertThat(noPath.finding().toString()).contains("registration").contains("no path");
        assertThat(noPath.remedies()).first().asString().contains("reg query").contains("/reg:64");
        LibraryReport refused =
                inspect(
                        (classId, bits) -> {
                            throw new IOException("access is denied");
                        },
                        64);
        assertThat(refused.finding().toString()).contains("access is denied");
    }

    @Test
    void a32BitJavaIsRefusedWhateverIsRegistered() throws IOException {
        write(library, PE32);
        register(32, library.toString());
        LibraryReport report = inspect(32);
        assertThat(report.usable()).isFalse();
        assertThat(report.finding().toString()).contains("32-bit Java");
        assertThat(report.remedies()).singleElement().hasToString("run Sluice with a 64-bit Java");
    }

    @Test
    void aClassFactoryThatRefusesIsExplainedWithItsNumberAndTheCommandToRegister()
            throws IOException {
        write(library, PE32_PLUS);
        register(64, library.toString());
        com.answerCreationWith(0x80040111);
        LibraryReport report = inspect(64);
        assertThat(report.usable()).isFalse();
        assertThat(report.libraryBits()).hasValue(64);
        assertThat(report.version()).contains("16.0.1000.6");
        assertThat(report.finding().toString())
                .contains("CLASS_E_CLASSNOTAVAILABLE")
                .contains("0x80040111");
        assertThat(report.remedies()).first().asString().contains("regsvr32 \"" + library + "\"");
        assertThat(com.threadsInside()).isZero();
        assertThat(com.violations).isEmpty();
    }

    @Test
    void aClassThatIsNotRegisteredAfterAllIsExplained() throws IOException {
        write(library, PE32_PLUS);
        register(64, library.toString());
        com.answerCreationWith(ApartmentsInJava.REGDB_E_CLASSNOTREG);
        assertThat(inspect(64).finding().toString())
                .contains("REGDB_E_CLASSNOTREG")
                .contains("0x80040154");
    }

    private LibraryReport inspect(int processBits) {
        return inspect(
                (classId, bits) -> Optional.ofNullable(registry.get(bits + classId)), processBits);
    }

    private LibraryReport inspect(Registrations registrations, int processBits) {
        return new SqlvdiSearch(
                        registrations,
                        () -> com,
                        file -> Optional.of("16.0.1000.6"),
                        programFiles,
                        processBits)
                .inspect();
    }

    private void register(int bits, String file) {
        registry.put(bits + CLIENT_CLASS, file);
    }

    /** As much of a library as its header has. */
    private static void write(Path file, int magic) throws IOException {
        int header = 0x80;
        ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(0x3C, header);
        bytes.put(header, (byte) 'P').put(header + 1, (byte) 'E');
        bytes.putShort(header + 24, (short) magic);
        Files.write(file, bytes.array());
    }
}
