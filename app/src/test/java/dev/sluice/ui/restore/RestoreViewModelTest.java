package dev.sluice.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRule;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.ui.common.Texts;
import dev.sluice.ui.home.DatabaseRow;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;

class RestoreViewModelTest {

    private final ObservableList<DatabaseRow> databases = FXCollections.observableArrayList();
    private final RestoreViewModel form = new RestoreViewModel(databases, Texts.load());

    @Test
    void proposesTheNameInTheSet() {
        form.from(set(BackupType.FULL));
        assertThat(form.target().text().get()).isEqualTo("Sales");
        assertThat(form.good().get()).isTrue();
        assertThat(form.effect().get()).contains("Creates");
    }

    @Test
    void doesNotOverwriteADatabaseUnlessTold() {
        exists("Sales", DatabaseInfo.State.ONLINE);
        form.from(set(BackupType.FULL));
        assertThat(form.target().error().get()).contains("exists");
        assertThat(form.request()).isEmpty();
        form.replace().set(true);
        assertThat(form.destructive().get()).isTrue();
        assertThat(form.effect().get()).contains("will be lost");
        assertThat(form.request()).isPresent();
    }

    @Test
    void anotherNameIsACopy() {
        exists("Sales", DatabaseInfo.State.ONLINE);
        form.from(set(BackupType.FULL));
        form.target().text().set(" SalesCopy ");
        assertThat(form.request().orElseThrow().database()).isEqualTo("SalesCopy");
        assertThat(form.destructive().get()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESTORING", "STANDBY"})
    void aDifferentialGoesOntoADatabaseThatWaitsForIt(DatabaseInfo.State state) {
        exists("Sales", state);
        form.from(set(BackupType.DIFFERENTIAL));
        assertThat(form.effect().get()).contains("Goes on");
        assertThat(form.destructive().get()).isFalse();
        assertThat(form.request()).isPresent();
    }

    @Test
    void aDifferentialPromisesNothingWhereNoDatabaseWaitsForIt() {
        form.from(set(BackupType.DIFFERENTIAL));
        assertThat(form.target().error().get()).contains("continues");
        exists("Sales", DatabaseInfo.State.ONLINE);
        form.replace().set(true);
        assertThat(form.target().error().get()).contains("continues");
        assertThat(form.effect().get()).isEmpty();
        assertThat(form.request()).isEmpty();
    }

    @Test
    void aDatabaseNeedsAName() {
        form.from(set(BackupType.FULL));
        form.target().text().set("  ");
        assertThat(form.target().error().get()).isNotEmpty();
        form.target().text().set("x".repeat(129));
        assertThat(form.target().error().get()).isNotEmpty();
    }

    private void exists(String name, DatabaseInfo.State state) {
        databases.add(
                new DatabaseRow(
                        "embedded",
                        new DatabaseInfo(name, state, "SIMPLE", 1, false, true, false),
                        BackupRule.neverBackedUp()));
    }

    private static RestoreSource set(BackupType type) {
        return new RestoreSource(
                Path.of("/backups/set"), "embedded", "Sales", type, Instant.EPOCH, 1 << 20, 4);
    }
}
