package dev.sluice.vdi.jna.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.vdi.jna.Doubles;
import dev.sluice.vdi.jna.LibraryReport;
import dev.sluice.vdi.jna.NativeVdiException;
import dev.sluice.vdi.words.Said;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What hinders the library is found out and told, with what would help. */
class LibraryLoadingTest {

    private static final int MACHINE = 18;
    private static final byte AARCH64 = (byte) 183;
    private static final byte X86_64 = 62;
    private static final String NEEDED = "libstdc++.so.6";
    private static final String NOT_THERE = "libnothere.s.0";

    @TempDir Path folder;

    private static LibraryReport unusable(Path library) {
        LibraryReport report = PosixVdi.inspect(library);
        assertThat(report.usable()).isFalse();
        assertThat(report.library()).isEqualTo("libsqlvdi.so");
        assertThat(report.path()).contains(library);
        assertThat(report.finding().toString()).contains(library.toString());
        assertThat(report.remedies()).isNotEmpty();
        assertThatExceptionOfType(NativeVdiException.class)
                .isThrownBy(() -> PosixVdi.open(library))
                .withMessageContaining(report.finding().toString())
                .withMessageContaining(report.remedies().getFirst().toString());
        return report;
    }

    @Test
    void aLibraryWithEveryFunctionIsUsable() {
        LibraryReport report = PosixVdi.inspect(Doubles.posixLibrary());
        assertThat(report.usable()).isTrue();
        assertThat(report.libraryBits()).hasValue(report.processBits());
        assertThat(report.remedies()).isEmpty();
    }

    @Test
    void aLibraryThatIsNotThereAsksForSqlServer() {
        LibraryReport report = unusable(folder.resolve("libsqlvdi.so"));
        assertThat(report.finding().toString()).contains("SQL Server is not installed");
        assertThat(report.remedies())
                .as("lines that a shell takes as they are")
                .allMatch(text -> text.toString().matches("(sudo|export) [^#]+  # .+"))
                .anyMatch(text -> text.toString().contains("install -y mssql-server"))
                .anyMatch(text -> text.toString().contains("export SLUICE_LIBSQLVDI="));
        assertThat(report.libraryBits()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadAsksForTheGroup() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("libsqlvdi.so"));
        LibraryReport report = unusable(directory);
        assertThat(report.finding().toString()).contains("cannot be read");
        assertThat(report.remedies())
                .anyMatch(text -> text.toString().contains("usermod -a -G mssql"));
    }

    @Test
    void aFileThatIsNoLibraryIsToldSo() throws IOException {
        Path text = Files.writeString(folder.resolve("libsqlvdi.so"), "no library, only text here");
        assertThat(unusable(text).finding().toString()).contains("no Linux library");
        Path tiny = Files.writeString(folder.resolve("tiny.so"), "?");
        assertThat(unusable(tiny).finding().toString()).contains("no Linux library");
    }

    @Test
    void aLibraryForAnotherMachineAsksForAnotherJava() throws IOException {
        byte[] bytes = Files.readAllBytes(Doubles.posixLibrary());
        bytes[MACHINE] = bytes[MACHINE] == AARCH64 ? X86_64 : AARCH64;
        Path other = Files.write(folder.resolve("libsqlvdi.so"), bytes);
        LibraryReport report = unusable(other);
        assertThat(report.finding().toString())
                .contains("64-bit", System.getProperty("os.arch", ""));
        assertThat(report.remedies().getFirst().toString()).containsPattern("64-bit .* Java");
    }

    @Test
    void aLibraryThatTheLoaderRefusesIsToldInItsWords() throws IOException {
        // the bytes as text, one for one: the name of a library that it needs, changed in place
        String bytes = Files.readString(Doubles.posixLibrary(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(NEEDED);
        Path alone =
                Files.writeString(
                        folder.resolve("libsqlvdi.so"),
                        bytes.replace(NEEDED, NOT_THERE),
                        StandardCharsets.ISO_8859_1);
        LibraryReport report = unusable(alone);
        assertThat(report.finding().toString()).contains(NOT_THERE).doesNotContain("\n");
        assertThat(report.remedies().getFirst().toString()).contains("ldd -r " + alone);
        assertThat(report.remedies())
                .contains(
                        Said.asIs(
                                "export LD_LIBRARY_PATH="
                                        + folder
                                        + "  # where that lies beside it"));
    }

    @Test
    void aLibraryWithoutOurFunctionsIsToldWhichItLacks() {
        LibraryReport report = unusable(Doubles.comLibrary());
        assertThat(report.finding().toString())
                .contains("lacks")
                .contains("_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig");
        assertThat(report.remedies().getFirst().toString()).contains("upgrade mssql-server");
    }

    @Test
    void anotherLibraryThanTheOneInUseIsRefused() throws Exception {
        PosixVdi.open(Doubles.posixLibrary());
        Path copy = Files.copy(Doubles.posixLibrary(), folder.resolve("libsqlvdi.so"));
        assertThat(unusable(copy).finding().toString())
                .contains("this process uses", Doubles.posixLibrary().toString());
    }

    @Test
    void theSameLibraryByAnotherPathIsTheSame() throws Exception {
        PosixVdi.open(Doubles.posixLibrary());
        Path link =
                Files.createSymbolicLink(folder.resolve("libsqlvdi.so"), Doubles.posixLibrary());
        assertThat(PosixVdi.inspect(link).usable()).isTrue();
    }
}
