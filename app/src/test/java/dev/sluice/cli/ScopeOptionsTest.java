package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.Scope;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.util.List;

class ScopeOptionsTest {

    private static ScopeOptions given(String... options) {
        return CommandLine.populateCommand(new ScopeOptions(), options);
    }

    @Test
    void aRestorePieceByPieceBeginsWithTheFilegroupsThatAreNamed() {
        ScopeOptions options = given("--partial", "--filegroup", "PRIMARY", "--filegroup", "Y26");
        assertThat(options.partial()).isTrue();
        assertThat(options.restored())
                .isEqualTo(new Scope.Files(List.of(), List.of("PRIMARY", "Y26")));
    }

    @Test
    void aRestorePieceByPieceBeginsWithAllThatCanBeWrittenWhereNothingIsNamed() {
        assertThat(given("--partial").restored())
                .isEqualTo(new Scope.ReadWriteFilegroups(List.of()));
    }

    @Test
    void aPartialBackupTakesReadOnlyFilegroupsBesides() {
        assertThat(given("--partial", "--filegroup", "Y24").scope())
                .isEqualTo(new Scope.ReadWriteFilegroups(List.of("Y24")));
    }

    @Test
    void theWholeIsMeantWhereNothingIsNamed() {
        assertThat(given().restored()).isEqualTo(new Scope.WholeDatabase());
        assertThat(given().scope()).isEqualTo(new Scope.WholeDatabase());
    }
}
