package dev.sluice.ui.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.JobException;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Scope;
import dev.sluice.ui.FixedServer;
import dev.sluice.ui.Later;
import dev.sluice.ui.backup.StatementsModel.Statement;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

@SuppressWarnings("NullAway.Init") // made before each test
class StatementsModelTest {

    @TempDir private Path folder;
    private final Later background = new Later();
    private StatementsModel model;

    @BeforeEach
    void open() {
        SluiceEngine engine =
                new SluiceEngine(
                        Folders.under(folder),
                        List.of(
                                new FixedServer(
                                        "one",
                                        List.of(
                                                database("Sales", State.ONLINE),
                                                database("Stock", State.ONLINE),
                                                database("Broken", State.SUSPECT)))));
        model = new StatementsModel(engine::plan, background, Texts.load("en"));
    }

    private static DatabaseInfo database(String name, State state) {
        return new DatabaseInfo(name, state, "SIMPLE", 1 << 20, false, true, false);
    }

    private BackupRequest request(String server, BackupType type, String... databases) {
        return new BackupRequest(
                server,
                List.of(databases),
                type,
                new Scope.WholeDatabase(),
                BackupStatement.Options.NONE,
                folder,
                2,
                0);
    }

    @Test
    void tellsTheStatementOfEachDatabase() {
        model.ask(request("one", BackupType.FULL, "sales", "Stock"));
        assertThat(model.busy().get()).isTrue();
        background.doAll();
        assertThat(model.busy().get()).isFalse();
        assertThat(model.statements()).hasSize(2).noneMatch(Statement::refused);
        assertThat(model.text())
                .containsSubsequence("BACKUP DATABASE [Sales]", "\n\n", "BACKUP DATABASE [Stock]");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRefusalStandsAtItsDatabaseAndTheOthersHaveTheirStatements() {
        model.ask(request("one", BackupType.FULL, "Sales", "Broken", "Gone"));
        background.doAll();
        assertThat(model.statements())
                .extracting(Statement::refused)
                .containsExactly(false, true, true);
        assertThat(model.statements().get(1).text()).contains("SUSPECT");
        assertThat(model.statements().get(2).text()).contains("Gone");
        assertThat(model.text()).contains("[Sales]").doesNotContain("SUSPECT");
    }

    @Test
    void aRefusalOfOneDatabaseIsItsOwn() {
        model.ask(request("one", BackupType.FULL, "Broken"));
        background.doAll();
        assertThat(model.statements())
                .singleElement()
                .satisfies(
                        refusal -> {
                            assertThat(refusal.refused()).isTrue();
                            assertThat(refusal.text()).contains("SUSPECT");
                        });
        assertThat(model.refusal().get().text()).isEmpty();
    }

    @Test
    void aRefusalOfTheTypeIsNotOfTheDatabase() {
        model.ask(request("one", BackupType.LOG, "Sales"));
        background.doAll();
        assertThat(model.statements()).isEmpty();
        assertThat(model.refusal().get().about()).isEqualTo(JobException.About.TYPE);
        assertThat(model.refusal().get().text()).contains("simple recovery model");
    }

    @Test
    void whatIsWrongForAllIsToldOnce() {
        model.ask(request("nowhere", BackupType.FULL, "Sales", "Stock"));
        background.doAll();
        assertThat(model.statements()).isEmpty();
        assertThat(model.refusal().get().text()).contains("nowhere");
    }

    @Test
    void anAnswerThatComesTooLateIsNotShown() {
        model.ask(request("one", BackupType.FULL, "Sales"));
        model.ask(request("one", BackupType.FULL, "Stock"));
        background.doNewest();
        background.doAll();
        assertThat(model.statements()).extracting(Statement::database).containsExactly("Stock");
        model.ask(request("one", BackupType.FULL, "Sales"));
        model.clear();
        background.doAll();
        assertThat(model.statements()).isEmpty();
        assertThat(model.busy().get()).isFalse();
    }
}
