package dev.sluice.ui.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.HistoryRows;
import dev.sluice.job.JobKind;
import dev.sluice.job.Profile;
import dev.sluice.job.RunRecord;
import dev.sluice.job.RunRecord.Outcome;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Scope;
import dev.sluice.ui.Later;
import dev.sluice.ui.common.Notices;
import dev.sluice.ui.common.Texts;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

@SuppressWarnings("NullAway.Init") // made before each test
class SidebarViewModelTest {

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

    @TempDir private Path home;
    private SluiceEngine engine;
    private final Later background = new Later();
    private final Notices notices = new Notices(Texts.load("en"));
    private SidebarViewModel model;

    @BeforeEach
    void open() throws Exception {
        engine = new SluiceEngine(Folders.under(home), List.of());
        for (String name : List.of("a", "b", "c")) {
            engine.profiles().save(profile(name, "Sales", "Stock"), false);
        }
        model = model();
    }

    private SidebarViewModel model() {
        SidebarViewModel made =
                new SidebarViewModel(
                        engine, background, notices, Texts.load(), InstantSource.fixed(NOW));
        made.refresh();
        background.doAll();
        return made;
    }

    private static Profile profile(String name, String... databases) {
        return new Profile(
                name,
                new BackupRequest(
                        "embedded",
                        List.of(databases),
                        BackupType.FULL,
                        new Scope.WholeDatabase(),
                        BackupStatement.Options.NONE,
                        Path.of("/backups").toAbsolutePath(),
                        1,
                        0));
    }

    private List<String> names() {
        return model.rows().stream().map(ProfileRow::name).toList();
    }

    private String told() {
        return Objects.requireNonNull(notices.current().get()).text();
    }

    private void keep(String database, Outcome outcome, Duration ago, String trigger) {
        HistoryRows.keep(
                Folders.under(home),
                HistoryRows.row(
                        JobKind.BACKUP, "embedded", database, outcome, NOW.minus(ago), trigger));
    }

    private Outcome lastOf(int row) {
        RunRecord last = Objects.requireNonNull(model.rows().get(row).last());
        return last.outcome();
    }

    @Test
    void theOrderIsThereAgainAtTheNextStart() {
        model.move(2, 0);
        model.move(1, 5);
        assertThat(names()).containsExactly("c", "b", "a");
        background.doAll();
        model = model();
        assertThat(names()).containsExactly("c", "b", "a");
    }

    @Test
    void movesMadeFasterThanTheDiskEndInTheLastOrder() {
        model.move(0, 2);
        model.move(0, 2);
        while (background.waiting() > 0) {
            background.doNewest();
        }
        model = model();
        assertThat(names()).containsExactly("c", "a", "b");
    }

    @Test
    void nothingMovesBeyondTheEnds() {
        model.move(0, -1);
        model.move(2, 3);
        model.move(-1, 1);
        model.move(3, 1);
        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(background.waiting()).isZero();
    }

    @Test
    void aCopyStandsBelowItsOriginalAndTakesNoNameThatIsTaken() {
        Profile first = model.rows().getFirst().profile();
        model.duplicate(first, model.nameOfCopy(first));
        background.doAll();
        assertThat(names()).containsExactly("a", "a (copy)", "b", "c");
        assertThat(model.rows().get(1).profile().request()).isEqualTo(first.request());
        assertThat(model.nameOfCopy(first)).isEqualTo("a (copy) (copy)");

        model.duplicate(first, "c");
        background.doAll();
        assertThat(told()).contains("\"c\" already");
        assertThat(names()).hasSize(4);
    }

    @Test
    void aCopyWithANameThatCannotBeIsRefusedInWords() {
        model.duplicate(model.rows().getFirst().profile(), "x".repeat(101));
        background.doAll();
        assertThat(told()).contains("1 to 100");
    }

    @Test
    void whatWasExportedAndDeletedComesBackByImport() throws Exception {
        Path file = home.resolve("a.json");
        Files.writeString(file, "replaced");
        Profile first = model.rows().getFirst().profile();
        model.exportTo(first, file);
        model.delete(first);
        background.doAll();
        assertThat(names()).containsExactly("b", "c");

        model.importFrom(file, name -> false);
        background.doAll();
        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(model.rows().getFirst().profile()).isEqualTo(first);
    }

    @Test
    void anImportNeverOverwritesWithoutAsking() throws Exception {
        Path file = home.resolve("a.json");
        Profile first = model.rows().getFirst().profile();
        model.exportTo(first, file);
        background.doAll();
        Profile changed = profile("a", "Other");
        engine.profiles().save(changed, true);

        model.importFrom(file, name -> false);
        background.doAll();
        assertThat(engine.profiles().load("a")).isEqualTo(changed);

        model.importFrom(file, name -> name.equals("a"));
        background.doAll();
        assertThat(engine.profiles().load("a")).isEqualTo(first);
    }

    @Test
    void anImportOfSomethingElseSaysWhatIsWrongWithIt() throws Exception {
        Path file = Files.writeString(home.resolve("x.json"), "{\"schemaVersion\": 99}");
        model.importFrom(file, name -> true);
        background.doAll();
        assertThat(told()).contains("x.json", "newer version");
        assertThat(names()).hasSize(3);
    }

    @Test
    void theLastRunIsTheProfilesOwnFromTheWindowOrTheCommandLine() {
        keep("Sales", Outcome.FAILED, Duration.ofHours(3), "profile a");
        keep("Sales", Outcome.COMPLETED, Duration.ofHours(2), "window, profile a");
        keep("Sales", Outcome.FAILED, Duration.ofHours(1), "profile other");
        keep("Sales", Outcome.CANCELLED, Duration.ofHours(1), "profile b");
        model.refresh();
        background.doAll();
        assertThat(lastOf(0)).isEqualTo(Outcome.COMPLETED);
        assertThat(lastOf(1)).isEqualTo(Outcome.CANCELLED);
        assertThat(model.rows().get(2).last()).isNull();
    }

    @Test
    void ofSeveralDatabasesTheOneThatWentWorstIsTold() {
        keep("SALES", Outcome.FAILED, Duration.ofHours(3), "profile a");
        keep("Stock", Outcome.COMPLETED, Duration.ofHours(2), "profile a");
        keep("NotInItAnyMore", Outcome.INTERRUPTED, Duration.ofHours(1), "profile a");
        model.refresh();
        background.doAll();
        assertThat(lastOf(0)).isEqualTo(Outcome.FAILED);

        keep("Sales", Outcome.COMPLETED, Duration.ofMinutes(5), "profile a");
        model.refresh();
        background.doAll();
        assertThat(lastOf(0)).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aDamagedFileIsToldOnceAndHidesNoOther() throws Exception {
        Files.writeString(home.resolve("config/profiles/mine.json"), "{");
        model.refresh();
        background.doAll();
        assertThat(told()).contains("mine.json");
        notices.clear();
        model.refresh();
        background.doAll();
        assertThat(notices.current().get()).isNull();
        assertThat(names()).hasSize(3);
    }
}
