package dev.sluice.vdi.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vdi.jna.posix.PosixVdi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

class NativeVdiTest {

    @Test
    void elsewhereThanOnWindowsAndLinuxItSaysThatThereIsNoLibrary() {
        LibraryReport report = NativeVdi.inspect("Mac OS X", Map.of());
        assertThat(report.usable()).isFalse();
        assertThat(report.finding().toString())
                .contains("Windows")
                .contains("Linux")
                .contains("Mac OS X");
        assertThat(report.remedies()).isNotEmpty();
        assertThatThrownBy(() -> NativeVdi.open("Mac OS X", Map.of()))
                .isInstanceOf(NativeVdiException.class)
                .hasMessageContaining("Mac OS X")
                .hasMessageContaining("To do: ");
    }

    @Test
    void onLinuxTheLibraryIsWhereSqlServerInstallsItUnlessTheEnvironmentSaysOtherwise(
            @TempDir Path folder) {
        assertThat(NativeVdi.inspect("Linux", Map.of()).path()).contains(PosixVdi.DEFAULT_LIBRARY);
        assertThat(NativeVdi.inspect("Linux", Map.of(NativeVdi.LIBRARY_VARIABLE, " ")).path())
                .contains(PosixVdi.DEFAULT_LIBRARY);
        Path elsewhere = folder.resolve("libsqlvdi.so");
        Map<String, String> environment = Map.of(NativeVdi.LIBRARY_VARIABLE, elsewhere.toString());
        assertThat(NativeVdi.inspect("Linux", environment).path()).contains(elsewhere);
        assertThatThrownBy(() -> NativeVdi.open("Linux", environment))
                .isInstanceOf(NativeVdiException.class)
                .hasMessageContaining(elsewhere.toString());
    }

    @Test
    void onLinuxNobodyButSqlServerStandsBehindTheLibrary() {
        assertThatThrownBy(() -> NativeVdi.openBothEnds("Linux"))
                .isInstanceOf(NativeVdiException.class)
                .hasMessageContaining("libsqlvdi.so has the client's end")
                .hasMessageContaining("SQL Server alone");
        assertThatThrownBy(() -> NativeVdi.openBothEnds("Mac OS X"))
                .isInstanceOf(NativeVdiException.class)
                .hasMessageContaining("not for Mac OS X");
    }
}
