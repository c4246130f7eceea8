package dev.sluice.ui.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.job.BackupRequest;
import dev.sluice.job.Folders;
import dev.sluice.job.PlannedBackup;
import dev.sluice.job.SluiceEngine;
import dev.sluice.sql.BackupStatement;
import dev.sluice.sql.BackupType;
import dev.sluice.sql.Compression;
import dev.sluice.sql.DatabaseInfo;
import dev.sluice.sql.DatabaseInfo.State;
import dev.sluice.sql.Scope;
import dev.sluice.sql.TailLog;
import dev.sluice.sql.TransferOptions;
import dev.sluice.ui.FixedServer;
import dev.sluice.ui.SameThread;
import dev.sluice.ui.backup.DatabasesModel.Database;
import dev.sluice.ui.common.Texts;
import dev.sluice.words.Told;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@SuppressWarnings("NullAway.Init") // made before each test
class BackupViewModelTest {

    @TempDir private Path folder;
    private BackupViewModel form;

    @BeforeEach
    void chooseADatabase() {
        form =
                new BackupViewModel(
                        folder,
                        request ->
                                List.of(
                                        new PlannedBackup(
                                                request.database(),
                                                "BACKUP " + request.database(),
                                                List.of(Told.asIs("It is large.")))),
                        new SameThread(),
                        Texts.load("en"));
        form.databases().choose("embedded", List.of("Sales"));
    }

    @Test
    void isGoodOnceADatabaseIsChosen() {
        assertThat(form.good().get()).isTrue();
        form.databases().chooseNone();
        assertThat(form.good().get()).isFalse();
        assertThat(form.request()).isEmpty();
        assertThat(form.files().get()).contains("Choose a database");
    }

    @Test
    void anUntouchedFormShowsNoErrors() {
        BackupViewModel untouched =
                new BackupViewModel(
                        Path.of(""), request -> List.of(), new SameThread(), Texts.load("en"));
        assertThat(untouched.good().get()).isFalse();
        assertThat(untouched.destination().error().get()).isEmpty();
        assertThat(untouched.devices().error().get()).isEmpty();
        untouched.destination().text().set("x");
        assertThat(untouched.destination().error().get()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"65", "0", "-1", "four", ""})
    void refusesDeviceCountsThatNoDeviceSetHas(String devices) {
        form.devices().text().set(devices);
        assertThat(form.devices().error().get()).contains("1 to 64");
        assertThat(form.good().get()).isFalse();
        assertThat(form.files().get()).contains("Mend");
    }

    @Test
    void refusesADestinationThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        form.destination().text().set(file.toString());
        assertThat(form.destination().error().get()).contains("file");
        assertThat(form.request()).isEmpty();
    }

    @Test
    void tellsHowMuchIsFreeAtADestination() {
        assertThat(form.destinationHint().get()).contains("exists", "free");
        form.destination().text().set(folder.resolve("a/b").toString());
        assertThat(form.destinationHint().get()).contains("will be made", "free");
    }

    @Test
    void afterAnotherLookItKnowsThatTheFolderWasMadeMeanwhile() throws IOException {
        Path later = folder.resolve("later");
        form.destination().text().set(later.toString());
        assertThat(form.destinationHint().get()).contains("will be made");
        Files.createDirectory(later);
        form.lookAgain();
        assertThat(form.destinationHint().get()).contains("exists");
        assertThat(form.good().get()).isTrue();
    }

    @Test
    void warnsOfAFolderThatHasLessRoomThanAFullBackupMayTake() {
        form.databases()
                .show(List.of(listed("Small", "FULL", 1), listed("Huge", "FULL", 1L << 60)));
        form.databases().choose("one", List.of("Small"));
        assertThat(form.room().get()).isEmpty();
        form.databases().choose("one", List.of("Small", "Huge"));
        assertThat(form.room().get()).contains("may not fit");
        assertThat(form.ready().get()).as("it may be compressed").isTrue();
        form.type().set(BackupType.DIFFERENTIAL);
        assertThat(form.room().get()).isEmpty();
    }

    private static Database listed(String name, String model, long bytes) {
        return new Database(
                "one", new DatabaseInfo(name, State.ONLINE, model, bytes, false, true, true));
    }

    @Test
    void tellsThatADatabaseKeepsNoLogBeforeTheServerIsAsked() {
        form.databases().show(List.of(listed("Plain", "SIMPLE", 1), listed("Sales", "FULL", 1)));
        form.databases().choose("one", List.of("Plain"));
        form.type().set(BackupType.LOG);
        assertThat(form.typeProblem().get()).contains("\"Plain\"", "keeps no log");
        assertThat(form.ready().get()).as("its model may have been changed since").isTrue();
        form.databases().choose("one", List.of("Plain", "Sales"));
        assertThat(form.typeProblem().get()).as("one of them can be backed up").isEmpty();
        form.databases().choose("one", List.of("Plain"));
        assertThat(form.typeProblem().get()).isNotEmpty();
        form.databases().show(List.of(listed("Plain", "FULL", 1), listed("Sales", "FULL", 1)));
        assertThat(form.typeProblem().get()).as("its model was changed").isEmpty();
        form.databases().choose("one", List.of("Gone"));
        assertThat(form.typeProblem().get()).as("nothing is known of it").isEmpty();
    }

    @Test
    void refusesOddLimitsCountsNamesAndDescriptions() {
        form.options().limitRate().text().set("fast");
        form.options().bufferCount().text().set("0");
        form.options().name().text().set("x".repeat(129));
        form.options().description().text().set("x".repeat(256));
        assertThat(form.options().limitRate().error().get()).isNotEmpty();
        assertThat(form.options().bufferCount().error().get()).isNotEmpty();
        assertThat(form.options().name().error().get()).contains("128");
        assertThat(form.options().description().error().get()).contains("255");
        assertThat(form.good().get()).isFalse();
    }

    @Test
    void buffersThatTakeTooMuchMemoryAreRefusedWhicheverOfTheirTwoNumbersCameLast() {
        BackupOptionsModel options = form.options();
        options.maxTransferSize().set(4 << 20);
        options.bufferCount().text().set("65536");
        assertThat(options.bufferCount().error().get()).contains("256", "memory");
        assertThat(form.good().get()).isFalse();
        options.bufferCount().text().set("7");
        assertThat(options.bufferCount().error().get()).isEmpty();
        assertThat(form.good().get()).isTrue();
        options.bufferCount().reset("65536");
        options.maxTransferSize().set(1 << 20);
        assertThat(options.bufferCount().error().get())
                .as("told where nobody was yet")
                .contains("64", "memory");
    }

    @Test
    void aRateThatNoNumberHoldsIsRefused() {
        for (String rate : List.of("99999999999999999999", "1e30", "0.0000001", "-1")) {
            form.options().limitRate().text().set(rate);
            assertThat(form.options().limitRate().error().get()).as(rate).contains("MiB");
        }
    }

    @Test
    void whatIsRefusedOfTheFolderStandsBesideTheFolderUntilSomethingChanges() throws IOException {
        DatabaseInfo sales =
                new DatabaseInfo("Sales", State.ONLINE, "SIMPLE", 1 << 20, false, true, false);
        SluiceEngine engine =
                new SluiceEngine(
                        Folders.under(folder),
                        List.of(
                                new FixedServer("one", List.of(sales)),
                                new FixedServer("small", List.of(sales), "Express Edition")));
        form = new BackupViewModel(folder, engine::plan, new SameThread(), Texts.load("en"));
        form.databases().choose("one", List.of("Sales"));
        Path taken = folder.resolve("taken");
        form.destination().text().set(taken.toString());
        assertThat(form.good().get()).isTrue();
        Files.createFile(taken);
        form.showStatements();
        assertThat(form.destination().error().get()).contains("is no folder");
        assertThat(form.problem().get()).isEmpty();
        assertThat(form.statements().statements()).isEmpty();
        assertThat(form.ready().get()).isFalse();
        assertThat(form.good().get()).as("it may be asked again").isTrue();
        form.checksum().set(false);
        assertThat(form.destination().error().get()).isEmpty();
        form.showStatements();
        assertThat(form.destination().error().get()).contains("is no folder");
        Files.delete(taken);
        form.showStatements();
        assertThat(form.destination().error().get()).isEmpty();
        assertThat(form.ready().get()).isTrue();
        assertThat(form.statements().text()).contains("BACKUP DATABASE [Sales]");
        form.type().set(BackupType.LOG);
        form.showStatements();
        assertThat(form.typeProblem().get()).contains("simple");
        assertThat(form.ready().get()).isFalse();
        assertThat(form.problem().get()).isEmpty();
        assertThat(form.statements().statements()).isEmpty();
        form.type().set(BackupType.FULL);
        assertThat(form.typeProblem().get()).isEmpty();
        assertThat(form.ready().get()).isTrue();
        form.databases().choose("small", List.of("Sales"));
        form.options().compression().set(new Compression.On());
        form.showStatements();
        assertThat(form.options().compressionProblem().get()).contains("does not compress");
        assertThat(form.ready().get()).isFalse();
        form.options().compression().set(new Compression.ServerDefault());
        assertThat(form.options().compressionProblem().get()).isEmpty();
    }

    @Test
    void aPartNeedsNames() {
        form.options().part().set(BackupOptionsModel.Part.FILES);
        assertThat(form.good().get()).isFalse();
        form.options().files().text().set("one\n\n  two ");
        form.options().filegroups().text().set("x".repeat(129));
        assertThat(form.options().filegroups().error().get()).contains("128");
        form.options().filegroups().text().set("");
        assertThat(form.request().orElseThrow().scope())
                .isEqualTo(new Scope.Files(List.of("one", "two"), List.of()));
        form.options().part().set(BackupOptionsModel.Part.PARTIAL);
        assertThat(form.request().orElseThrow().scope())
                .isEqualTo(new Scope.ReadWriteFilegroups(List.of()));
    }

    @Test
    void aLogIsOfTheWholeDatabaseAndOnlyItHasATail() {
        form.options().part().set(BackupOptionsModel.Part.FILES);
        form.options().files().text().set("Data");
        assertThat(form.good().get()).isTrue();
        form.noRecovery().set(true);
        form.type().set(BackupType.LOG);
        BackupRequest log = form.request().orElseThrow();
        assertThat(log.scope()).isEqualTo(new Scope.WholeDatabase());
        assertThat(log.options().tail()).isEqualTo(TailLog.NORECOVERY);
        form.options().part().set(BackupOptionsModel.Part.WHOLE);
        form.type().set(BackupType.FULL);
        assertThat(form.request().orElseThrow().options().tail()).isEqualTo(TailLog.NONE);
    }

    @Test
    void saysInOneLineWhatIsNotUsual() {
        assertThat(form.options().summary().get()).contains("all as usual");
        form.options().compression().set(Compression.of("zstd:low"));
        form.options().limitRate().text().set("20");
        form.options().bufferCount().text().set("12");
        assertThat(form.options().summary().get())
                .contains("COMPRESSION zstd:low", "20 MiB/s", "BUFFERCOUNT 12");
    }

    @Test
    void whatWasShownIsForgottenWhenTheFormChanges() {
        form.showStatements();
        assertThat(form.statements().statements())
                .containsExactly(
                        new StatementsModel.Statement(
                                "Sales", false, "BACKUP Sales", "It is large."));
        form.checksum().set(false);
        assertThat(form.statements().statements()).isEmpty();
    }

    @Test
    void aRequestFillsTheFormAndComesBackFromIt() {
        BackupRequest request = request(BackupType.DIFFERENTIAL, false);
        form.edit("nightly", request);
        assertThat(form.request()).contains(request);
        assertThat(form.profile().get()).isEqualTo("nightly");
    }

    @Test
    void everythingARequestAsksForComesBack() {
        BackupRequest request =
                new BackupRequest(
                        "production",
                        List.of("b", "a"),
                        BackupType.FULL,
                        new Scope.Files(List.of("one"), List.of("two", "three")),
                        new BackupStatement.Options(
                                true,
                                false,
                                true,
                                Compression.of("zstd:high"),
                                new TransferOptions(512, 9, 131072),
                                10,
                                "a name",
                                "a description",
                                TailLog.NONE),
                        folder,
                        7,
                        3L << 19);
        form.edit("nightly", request);
        assertThat(form.request()).contains(request);
        BackupRequest plain = request(BackupType.FULL, false);
        form.edit("plain", plain);
        assertThat(form.request()).contains(plain);
    }

    @Test
    void aDifferentialIsNotCopyOnly() {
        form.fill(request(BackupType.FULL, true));
        form.type().set(BackupType.DIFFERENTIAL);
        assertThat(form.request()).contains(request(BackupType.DIFFERENTIAL, false));
        form.type().set(BackupType.FULL);
        assertThat(form.request()).contains(request(BackupType.FULL, true));
    }

    private BackupRequest request(BackupType type, boolean copyOnly) {
        return new BackupRequest(
                "embedded",
                "Other",
                type,
                copyOnly,
                false,
                folder,
                7,
                new TransferOptions(4096, 20, 65536),
                3L << 19);
    }
}
