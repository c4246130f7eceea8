package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.RestoreStatement.Move;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class FilePlacementTest {

    private static final BackupFile DATA =
            new BackupFile("Sales", "D:\\old\\Sales.mdf", BackupFile.Type.D, "PRIMARY", 1);
    private static final BackupFile LOG =
            new BackupFile("Sales_log", "L:\\old\\Sales_log.ldf", BackupFile.Type.L, null, 1);
    private static final BackupFile CONTAINER =
            new BackupFile("Files", "D:\\old\\Files", BackupFile.Type.S, "FS", 1);

    private static final FilePlacement.Folders NOWHERE = new FilePlacement.Folders(null, null);

    private static FilePlacement windows(
            String database, List<Move> asked, DatabaseFile... present) {
        return new FilePlacement(
                database,
                asked,
                NOWHERE,
                new FilePlacement.Folders("E:\\data\\", "F:\\log"),
                List.of(present));
    }

    private static FilePlacement linux(String database, DatabaseFile... present) {
        return new FilePlacement(
                database,
                List.of(),
                NOWHERE,
                new FilePlacement.Folders("/var/data", "/var/log/"),
                List.of(present));
    }

    private static void assertRefused(
            FilePlacement placement, List<BackupFile> files, String... words) {
        assertThatThrownBy(() -> placement.place("Sales", files))
                .isInstanceOf(JobException.class)
                .message()
                .contains(words);
    }

    @Test
    void putsDataAndLogIntoTheirFoldersInTheServersStyle() throws Exception {
        assertThat(windows("Sales", List.of()).place("Sales", List.of(DATA, LOG)))
                .containsExactly(
                        new Move("Sales", "E:\\data\\Sales.mdf"),
                        new Move("Sales_log", "F:\\log\\Sales_log.ldf"));
        assertThat(linux("Sales").place("Sales", List.of(DATA, LOG)))
                .containsExactly(
                        new Move("Sales", "/var/data/Sales.mdf"),
                        new Move("Sales_log", "/var/log/Sales_log.ldf"));
    }

    @Test
    void givesACopyFileNamesOfItsOwn() throws Exception {
        BackupFile other =
                new BackupFile("x", "/old/archive\\2.ndf", BackupFile.Type.D, "PRIMARY", 1);
        assertThat(linux("New/Sales").place("Sales", List.of(DATA, LOG, other)))
                .extracting(Move::path)
                .containsExactly(
                        "/var/data/New_Sales.mdf",
                        "/var/log/New_Sales_log.ldf",
                        "/var/data/New_Sales_archive\\2.ndf");
    }

    @Test
    void leavesAFileWhereTheReplacedDatabaseHasIt() throws Exception {
        DatabaseFile mine = new DatabaseFile("Sales", "sales", "G:\\here\\s.mdf");
        assertThat(windows("Sales", List.of(), mine).place("Sales", List.of(DATA, LOG)))
                .containsExactly(
                        new Move("Sales", "G:\\here\\s.mdf"),
                        new Move("Sales_log", "F:\\log\\Sales_log.ldf"));
    }

    @Test
    void aMoveThatWasAskedForWins() throws Exception {
        DatabaseFile mine = new DatabaseFile("Sales", "Sales", "G:\\here\\s.mdf");
        List<Move> asked = List.of(new Move("SALES", "H:\\there.mdf"));
        assertThat(windows("Sales", asked, mine).place("Sales", List.of(DATA)))
                .containsExactly(new Move("Sales", "H:\\there.mdf"));
    }

    @Test
    void aFolderThatIsAskedForWinsOverThePlaceAFileHas() throws Exception {
        FilePlacement placement =
                new FilePlacement(
                        "Sales",
                        List.of(),
                        new FilePlacement.Folders("H:\\new", null),
                        new FilePlacement.Folders("E:\\data", "F:\\log"),
                        List.of(
                                new DatabaseFile("Sales", "Sales", "D:\\full\\Sales.mdf"),
                                new DatabaseFile("Sales", "Sales_log", "L:\\Sales_log.ldf")));
        assertThat(placement.place("Sales", List.of(DATA, LOG)))
                .containsExactly(
                        new Move("Sales", "H:\\new\\Sales.mdf"),
                        new Move("Sales_log", "L:\\Sales_log.ldf"));
    }

    @Test
    void leavesItToAServerWithoutSuchFolders() throws Exception {
        FilePlacement placement =
                new FilePlacement(
                        "Copy",
                        List.of(),
                        NOWHERE,
                        NOWHERE,
                        List.of(new DatabaseFile("Other", "x", "D:\\old\\Sales.mdf")));
        assertThat(placement.place("Sales", List.of(DATA, LOG))).isEmpty();
    }

    @Test
    void movesOnlyTheFilesThatALaterSetBrings() throws Exception {
        BackupFile added = new BackupFile("More", "D:\\old\\m.ndf", BackupFile.Type.D, "G2", 1);
        FilePlacement placement = windows("Copy", List.of());
        assertThat(placement.place("Sales", List.of(DATA, LOG))).hasSize(2);
        assertThat(placement.place("Sales", List.of(DATA, LOG, added)))
                .containsExactly(new Move("More", "E:\\data\\Copy_m.ndf"));
    }

    @Test
    void leavesTheFilesOfADatabaseThatIsOnlyContinued() throws Exception {
        FilePlacement placement =
                windows("Sales", List.of(), new DatabaseFile("Sales", "Sales", "G:\\s.mdf"));
        placement.keepFiles();
        assertThat(placement.place("Sales", List.of(DATA, LOG)))
                .containsExactly(new Move("Sales_log", "F:\\log\\Sales_log.ldf"));
    }

    @Test
    void refusesTheFileOfAnotherDatabaseWhateverItsCase() {
        assertRefused(
                windows("Sales", List.of(), new DatabaseFile("Other", "o", "e:/DATA/sales.MDF")),
                List.of(DATA),
                "\"Sales\" would go to E:\\data\\Sales.mdf",
                "\"Other\" has its file \"o\"",
                "move it to another place");
    }

    @Test
    void tellsUpperFromLowerCaseOnLinux() throws Exception {
        DatabaseFile other = new DatabaseFile("Other", "o", "/var/data/SALES.mdf");
        assertThat(linux("Sales", other).place("Sales", List.of(DATA))).hasSize(1);
        assertRefused(
                linux("Sales", new DatabaseFile("Other", "o", "/var/data//Sales.mdf")),
                List.of(DATA),
                "\"Other\"");
    }

    @Test
    void refusesTwoFilesInOnePlace() {
        BackupFile twin = new BackupFile("Twin", "X:\\Sales.mdf", BackupFile.Type.D, "G2", 1);
        assertRefused(
                windows("Sales", List.of()),
                List.of(DATA, twin),
                "\"Sales\" and \"Twin\"",
                "both go to E:\\data\\Sales.mdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.mdf", "data\\s.mdf", "D:s.mdf", "\\data\\s.mdf", "./s.mdf"})
    void refusesAPathThatIsNotWhole(String path) {
        assertRefused(
                windows("Sales", List.of(new Move("Sales", path))),
                List.of(DATA),
                "\"Sales\" cannot go to " + path,
                "is no whole path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"D:\\data\\..\\s.mdf", "D:/data/../s.mdf", "/data/../s.mdf", "\\\\h\\s\\.."})
    void refusesAPathThatGoesUp(String path) {
        assertRefused(
                windows("Sales", List.of(new Move("Sales", path))), List.of(DATA), "goes up by ..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"D:\\s..mdf", "\\\\host\\share\\s.mdf", "/data/..s.mdf", "/a\\..\\s.mdf"})
    void takesEveryWholePath(String path) throws Exception {
        assertThat(windows("Sales", List.of(new Move("Sales", path))).place("Sales", List.of(DATA)))
                .containsExactly(new Move("Sales", path));
    }

    @Test
    void takesNamesThatDifferInCaseForTwoFilesOnLinuxAndForOneOnWindows() throws Exception {
        BackupFile twin = new BackupFile("Twin", "/old/SALES.mdf", BackupFile.Type.D, "G2", 1);
        assertThat(linux("Sales").place("Sales", List.of(DATA, twin))).hasSize(2);
        assertRefused(
                windows("Sales", List.of()), List.of(DATA, twin), "both go to E:\\data\\SALES.mdf");
    }

    @Test
    void refusesAContainerAroundAnothersFile() {
        assertRefused(
                windows("Sales", List.of(), new DatabaseFile("O", "o", "E:\\data\\Files\\o.mdf")),
                List.of(CONTAINER),
                "\"Files\" would go to E:\\data\\Files",
                "\"O\"");
    }

    @Test
    void refusesAFileInAnothersContainer() {
        List<Move> asked = List.of(new Move("Sales", "E:\\data\\Files\\s.mdf"));
        assertRefused(
                windows("Sales", asked, new DatabaseFile("O", "o", "E:\\data\\files")),
                List.of(DATA),
                "\"O\" has its file");
    }

    @Test
    void refusesAPathThatIsTooLong() {
        BackupFile endless =
                new BackupFile("e", "D:\\" + "x".repeat(255), BackupFile.Type.D, "PRIMARY", 1);
        assertRefused(windows("Sales", List.of()), List.of(endless), "\"e\"", "259");
    }

    @Test
    void refusesAMoveOfAFileThatTheBackupDoesNotHave() throws Exception {
        List<Move> asked = List.of(new Move("Sale", "E:\\s.mdf"));
        FilePlacement placement = windows("Sales", asked);
        placement.place("Sales", List.of(DATA, LOG));
        assertThatThrownBy(() -> placement.requireAllUsed(List.of(DATA, LOG, DATA)))
                .isInstanceOf(JobException.class)
                .message()
                .contains("no file of the backup is called \"Sale\"")
                .endsWith("it has \"Sales\", \"Sales_log\"");
    }
}
