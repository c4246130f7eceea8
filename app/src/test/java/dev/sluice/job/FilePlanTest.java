package dev.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.DatabaseFile;
import dev.sluice.sql.RestoreStatement.Move;

import org.junit.jupiter.api.Test;

import java.util.List;

class FilePlanTest {

    private static final BackupFile DATA =
            new BackupFile("Sales", "D:\\old\\Sales.mdf", BackupFile.Type.D, "PRIMARY", 7);
    private static final BackupFile LOG =
            new BackupFile("Sales_log", "D:\\old\\Sales.ldf", BackupFile.Type.L, null, 8);

    private final FilePlan plan =
            new FilePlan(
                    List.of(
                            new FilePlan.SetFiles("Sales", List.of(DATA, LOG)),
                            new FilePlan.SetFiles("Sales", List.of(DATA, LOG))),
                    new FilePlacement.Folders("E:\\data", "F:\\log"),
                    List.of(new DatabaseFile("Stock", "s", "E:\\data\\stock.mdf")),
                    true);

    @Test
    void everyFileOfTheSetsIsPlacedOnce() {
        assertThat(plan.places("Sales", List.of(), null, null))
                .containsExactly(
                        new PlacedFile(
                                "Sales",
                                DATA.physicalName(),
                                false,
                                7,
                                "E:\\data\\Sales.mdf",
                                null),
                        new PlacedFile(
                                "Sales_log",
                                LOG.physicalName(),
                                true,
                                8,
                                "F:\\log\\Sales.ldf",
                                null));
    }

    @Test
    void anotherNameOrFolderPlacesThemAnew() {
        assertThat(plan.places("Copy", List.of(), "H:\\", null))
                .extracting(PlacedFile::to)
                .containsExactly("H:\\Copy.mdf", "F:\\log\\Copy.ldf");
    }

    @Test
    void aPlaceThatIsTakenIsToldAtItsFileAndTheOthersStayRight() {
        List<Move> onStock = List.of(new Move("Sales", "e:/DATA/Stock.mdf"));
        List<PlacedFile> places = plan.places("Sales", onStock, null, null);
        assertThat(places.getFirst().problem()).asString().contains("\"Stock\" has its file");
        assertThat(places.getLast().problem()).isNull();
    }

    @Test
    void twoFilesInOnePlaceAreTold() {
        List<Move> both = List.of(new Move("Sales", "E:\\x"), new Move("Sales_log", "E:\\x"));
        List<PlacedFile> places = plan.places("Sales", both, null, null);
        assertThat(places.getFirst().problem()).isNull();
        assertThat(places.getLast().problem()).asString().contains("would both go to E:\\x");
    }

    @Test
    void nothingIsKnownBeforeTheServerHasLooked() {
        assertThat(FilePlan.NONE.isEmpty()).isTrue();
        assertThat(FilePlan.NONE.places("Sales", List.of(), null, null)).isEmpty();
    }
}
