package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.Recovery;
import dev.sluice.sql.Scope;
import dev.sluice.sql.StopAt;
import dev.sluice.sql.TransferOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;

class RestoreRequestTest {

    private static RestoreRequest of(List<Path> sets) {
        return new RestoreRequest(
                "prod", sets, null, RestoreRequest.Options.PLAIN, TransferOptions.DEFAULT, 0);
    }

    @Test
    void refusesToRestoreNothing() {
        assertThatThrownBy(() -> of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no backup set is named");
    }

    @Test
    void refusesASetThatIsNamedTwice() {
        assertThatThrownBy(() -> of(List.of(Path.of("/a/b"), Path.of("/a/c"), Path.of("/a/./b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is named twice");
    }

    @Test
    void refusesAStopThatNoPartialRestoreCanMake() {
        assertThatThrownBy(
                        () ->
                                new RestoreRequest.Options(
                                        false,
                                        false,
                                        new Recovery.Recover(),
                                        new StopAt.Time(LocalDateTime.of(2026, 1, 31, 9, 30)),
                                        new Scope.Files(List.of("f"), List.of()),
                                        false,
                                        List.of(),
                                        null,
                                        null,
                                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without PARTIAL");
    }

    @Test
    void refusesAFolderWithoutAName() {
        assertThatThrownBy(
                        () ->
                                new RestoreRequest.Options(
                                        false,
                                        false,
                                        new Recovery.Recover(),
                                        new StopAt.End(),
                                        new Scope.WholeDatabase(),
                                        false,
                                        List.of(),
                                        " ",
                                        null,
                                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }
}
